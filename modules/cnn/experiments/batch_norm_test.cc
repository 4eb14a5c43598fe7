#include "modules/cnn/experiments/batch_norm.h"

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"--dataset=glyphs", "--train_size=100", "--test_size=20", "--batch_size=10",
                                       "--epochs=4", "--study_epochs=2", "--rates=0.005,0.02", "--study_rates=0.01",
                                       "--scales=0.1", "--batch_sizes=2,20", "--seeds=1,2"});
  BatchNormStudy experiment;
  return testing::RunExperiment(experiment, arguments);
}

std::vector<std::vector<std::string>> Rows(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  for (absl::string_view line : absl::StrSplit(csv, '\n', absl::SkipEmpty())) rows.push_back(absl::StrSplit(line, ','));
  return rows;
}

// summary: norm, ten columns of the outcome, largest_rate, epochs_to_first_mean, _std, reached.
TEST(BatchNormStudyTest, NormalisedNetworksGetToThePlainOnesLossSooner) {
  const auto result = RunWith({"--scales=", "--batch_sizes="});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0][0], "none");
  EXPECT_EQ(rows[1][0], "batch");
  EXPECT_EQ(rows[2][0], "group");
  EXPECT_EQ(rows[1][14], "2");
  EXPECT_LT(std::stod(rows[1][12]), 4);
  EXPECT_EQ(result->metrics.rows().size(), 3u * 2u * 4u);
}

TEST(BatchNormStudyTest, TheLargestRateIsThatAtWhichAllSeedsLearn) {
  const auto result = RunWith({"--norms=none", "--rates=0.000001,0.01,0.02,1e10", "--scales=", "--batch_sizes="});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows()[0][11], "0.02");
  const auto lazy = RunWith({"--norms=none", "--rates=0.000001", "--scales=", "--batch_sizes="});
  ASSERT_TRUE(lazy.ok()) << lazy.status();
  EXPECT_EQ(lazy->summary.rows()[0][11], "");
}

// batch_sizes.csv: batch_size, norm, ten columns of the outcome, batch_loss_mean, _std, batch_accuracy_mean, _std.
TEST(BatchNormStudyTest, OnlyBatchNormDiffersBetweenTrainingAndEvaluation) {
  const auto result = RunWith({"--scales="});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto rows = Rows(result->files.at("batch_sizes.csv"));
  ASSERT_EQ(rows.size(), 1u + 2u * 3u);
  for (size_t i = 1; i < rows.size(); ++i) {
    const double evaluated = std::stod(rows[i][3]), by_batch = std::stod(rows[i][12]);
    if (rows[i][1] == "batch") {
      EXPECT_GT(std::abs(evaluated - by_batch), 1e-3) << i;
    } else {
      EXPECT_NEAR(evaluated, by_batch, 1e-4) << i;
    }
  }
}

TEST(BatchNormStudyTest, BatchNormLearnsFromWeightsTooSmallForAPlainNetwork) {
  const auto result = RunWith({"--scales=0.01", "--study_epochs=3", "--batch_sizes="});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto rows = Rows(result->files.at("scales.csv"));  // scale, norm, learning_rate, train_loss_mean
  ASSERT_EQ(rows.size(), 1u + 3u);
  EXPECT_NEAR(std::stod(rows[1][3]), std::log(10), 1e-3);
  EXPECT_LT(std::stod(rows[2][3]), 2.2);
}

TEST(BatchNormStudyTest, AllDivergedIsAnError) {
  const absl::Status status = RunWith({"--norms=none", "--rates=1e30"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("momentum, normalisation none, rate 1e+30, seed 1"));
}

TEST(BatchNormStudyTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()), message);
  };
  expect("--norms=bach", "unknown normalisation 'bach'; did you mean 'batch'?; valid: none, batch, group");
  expect("--norms=", "flag --norms wants at least one value");
  expect("--rates=-1", "flag --rates wants positive numbers, not -1");
  expect("--study_rates=", "flag --study_rates wants at least one value");
  expect("--scales=0", "flag --scales wants positive numbers, not 0");
  expect("--scales=1e6", "flag --scales wants numbers of 0 to 1000, not 1e+06");
  expect("--batch_sizes=101", "flag --batch_sizes wants numbers of 1 to 100 (--train_size), not 101");
  expect("--study_epochs=0", "flag --study_epochs wants a number of 1 or more, not 0");
  expect("--epochs=0", "flag --epochs wants a number of 1 to 1000000, not 0");
}

}  // namespace
}  // namespace dl
