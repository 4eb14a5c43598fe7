#include "modules/cnn/experiments/translation.h"

#include <map>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"--train_size=60", "--validation_size=20", "--test_size=20", "--batch_size=10",
                                       "--epochs=2", "--rates=0.003,0.01", "--hidden=16", "--seeds=1,2"});
  Translation experiment;
  return testing::RunExperiment(experiment, arguments);
}

std::vector<std::vector<std::string>> Rows(const ExperimentResult& result, const std::string& file) {
  std::vector<std::vector<std::string>> rows;
  for (absl::string_view line : absl::StrSplit(result.files.at(file), '\n', absl::SkipEmpty())) {
    rows.push_back(absl::StrSplit(line, ','));
  }
  rows.erase(rows.begin());
  return rows;
}

// displacements: network, head, augmentation, displacement, accuracy_mean, _std, agreement_mean, _std, n.
TEST(TranslationTest, EverySettingIsSeenAtEveryDisplacement) {
  const auto result = RunWith({"--farthest=2", "--networks=mlp,max,stride", "--augmented=max"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& summary = result->summary.rows();
  const std::vector<std::string> settings = {"mlp flatten none", "max flatten none",   "stride flatten none",
                                             "max global none",  "stride global none", "max flatten crop:2"};
  ASSERT_EQ(summary.size(), settings.size());
  const auto rows = Rows(*result, "displacements.csv");
  ASSERT_EQ(rows.size(), 5 * settings.size());
  for (size_t i = 0; i < settings.size(); ++i) {
    EXPECT_EQ(summary[i][0] + " " + summary[i][1] + " " + summary[i][2], settings[i]);
    double sum = 0;
    for (size_t d = 0; d < 5; ++d) sum += std::stod(rows[5 * i + d][4]);
    EXPECT_NEAR(std::stod(summary[i][14]), sum / 5, 1e-5) << settings[i];
    const auto& middle = rows[5 * i + 2];
    EXPECT_EQ(middle[3], "0");
    EXPECT_EQ(middle[4], summary[i][8]) << settings[i];  // the test accuracy
    EXPECT_EQ(middle[6], "1");
  }
  EXPECT_NE(summary[1][4], summary[5][4]);  // the training loss with and without moved images
}

// equivariance: network, head, augmentation, stride, displacement, error_mean, error_std, n.
TEST(TranslationTest, MapsMoveAlongWhereAStrideDividesTheDisplacement) {
  const auto result = RunWith({"--networks=max", "--heads=flatten", "--augmented="});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto rows = Rows(*result, "equivariance.csv");
  ASSERT_EQ(rows.size(), 3u * 8u);
  std::map<std::string, double> errors;
  for (const auto& row : rows) errors[row[3] + " " + row[4]] = std::stod(row[5]);
  for (const char* whole : {"2 2", "2 4", "4 4", "4 8"}) EXPECT_LT(errors[whole], 0.05) << whole;
  for (const char* part : {"2 1", "4 2", "8 4"}) EXPECT_GT(errors[part], 0.1) << part;
}

TEST(TranslationTest, WhereAllDivergesThereIsNoResult) {
  const auto result = RunWith({"--networks=mlp", "--augmented=", "--rates=1e30"});
  EXPECT_EQ(result.status().code(), absl::StatusCode::kAborted) << result.status();
  EXPECT_THAT(std::string(result.status().message()), ::testing::HasSubstr("adam, mlp, head flatten"));
}

TEST(TranslationTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()), message);
  };
  expect("--networks=cnn", "unknown network 'cnn'; valid: mlp, max, max3, average, average3, stride, blur");
  expect("--augmented=blurr",
         "unknown network 'blurr'; did you mean 'blur'?; valid: mlp, max, max3, average, average3, stride, blur");
  expect("--heads=", "flag --heads wants at least one value");
  expect("--farthest=9", "flag --farthest wants a number of 1 to 8, not 9");
  expect("--hidden=0", "flag --hidden wants a number of 1 to 4096, not 0");
}

}  // namespace
}  // namespace dl
