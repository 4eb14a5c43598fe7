#include "modules/optimizers/experiments/weight_decay.h"

#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {"--dataset=moons", "--train_size=40", "--validation_size=50", "--test_size=50", "--batch_size=10",
                    "--hidden=8", "--epochs=4", "--rates=3", "--l2=0,0.01,0.1", "--decoupled=0,0.001", "--seeds=1,2"});
  WeightDecay experiment;
  return testing::RunExperiment(experiment, arguments);
}

std::vector<std::vector<std::string>> Rows(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  for (absl::string_view line : absl::StrSplit(csv, '\n', absl::SkipEmpty())) rows.push_back(absl::StrSplit(line, ','));
  return rows;
}

TEST(WeightDecayTest, OneSummaryRowAFormAndOneCellARateAndDecay) {
  const auto result = RunWith({"--optimizers=sgd,adam"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows().size(), 2u * 2u);
  EXPECT_EQ(Rows(result->files.at("grid.csv")).size(), 1u + 2u * 3u * (3u + 2u));
  EXPECT_EQ(result->metrics.rows().size(), 2u * 2u * 3u * (3u + 2u));
}

// identity.csv: learning_rate, l2, decay, first_distance_mean, _std, last_distance_mean, _std, n. A float's rounding is
// 6e-8 of it.
TEST(WeightDecayTest, TheTwoFormsOfPlainDescentDifferByRoundingOnly) {
  const auto result = RunWith({"--optimizers=adam", "--rates=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto rows = Rows(result->files.at("identity.csv"));
  ASSERT_EQ(rows.size(), 1u + 3u);
  for (size_t i = 1; i < rows.size(); ++i) {
    EXPECT_NEAR(std::stod(rows[i][2]), 0.1 * std::stod(rows[i][1]), 1e-9);
    EXPECT_LT(std::stod(rows[i][5]), 1e-5);
    EXPECT_EQ(rows[i][7], "2");
  }
}

// metrics: optimizer, form, learning_rate, decay, seed, train_loss, validation_error, test_error, weight_norm.
TEST(WeightDecayTest, StrongerDecayLeavesSmallerWeights) {
  const auto result = RunWith({"--optimizers=adam", "--rates=1", "--l2=0,0.3", "--decoupled=0,0.03", "--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->metrics.rows();
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_LT(std::stod(rows[1][8]), std::stod(rows[0][8]));
  EXPECT_LT(std::stod(rows[3][8]), 0.9 * std::stod(rows[2][8]));
}

TEST(WeightDecayTest, WithoutAPlainRunThereIsNoGain) {
  const auto result = RunWith({"--optimizers=momentum", "--rates=1", "--l2=0.01", "--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows()[0][6], "");  // plain_rate of l2
  EXPECT_NE(result->summary.rows()[1][6], "");  // of decoupled
}

TEST(WeightDecayTest, ACellWhereASeedDivergesIsEmpty) {
  const auto some = RunWith({"--optimizers=sgd", "--rates=1", "--l2=0,1e9"});
  ASSERT_TRUE(some.ok()) << some.status();
  EXPECT_EQ(Rows(some->files.at("grid.csv"))[2][4], "");  // the cell is empty
  EXPECT_EQ(some->summary.rows()[0][3], "0");             // and the best of the others is found
}

TEST(WeightDecayTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& beginning) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(beginning, 0), 0u) << status;
  };
  expect("--optimizers=adamw", "unknown optimizer 'adamw'; did you mean 'adam'?; valid: sgd, momentum, adam");
  expect("--optimizers=", "flag --optimizers wants at least one value");
  expect("--l2=-0.1", "flag --l2 wants numbers of 0 or more, not -0.1");
  expect("--l2=", "flag --l2 wants at least one value");
  expect("--decoupled=1", "flag --decoupled wants numbers below 1, not 1");
  expect("--rates=2", "flag --rates wants an odd number, not 2");
  expect("--ratio=0", "flag --ratio wants a number of 1.01 to 1000, not 0");
  expect("--validation_size=0", "flag --validation_size wants a number of 1 to 10000000, not 0");
}

}  // namespace
}  // namespace dl
