#include "modules/optimizers/experiments/comparison.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::vector<std::string> kSmall = {
    "--dataset=moons", "--train_size=200", "--test_size=100",       "--epochs=4",
    "--batch_size=20", "--seeds=1,2",      "--optimizers=sgd,adam", "--schedules=constant,cosine",
    "--target=0.8"};

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> more) {
  more.insert(more.begin(), kSmall.begin(), kSmall.end());
  Comparison experiment;
  return testing::RunExperiment(experiment, more);
}

// The text of `column` in row `i`.
std::string At(const Table& table, size_t i, const std::string& column) {
  const auto found = std::find(table.columns().begin(), table.columns().end(), column);
  EXPECT_NE(found, table.columns().end()) << column;
  return table.rows()[i][found - table.columns().begin()];
}

TEST(ComparisonTest, EveryMethodHasTheSameBudget) {
  const auto result = RunWith({"--rates=3"});
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->summary.rows().size(), 4u);
  EXPECT_EQ(result->metrics.rows().size(), 4u * 2u * 4u);
  const std::string& sweep = result->files.at("sweep.csv");
  EXPECT_EQ(std::count(sweep.begin(), sweep.end(), '\n'), 1 + 4 * 3);
  EXPECT_EQ(At(result->summary, 0, "optimizer"), "sgd");
  EXPECT_EQ(At(result->summary, 3, "optimizer"), "adam");
  EXPECT_EQ(At(result->summary, 3, "schedule"), "cosine");
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(At(result->summary, i, "n"), "2");
    EXPECT_EQ(At(result->summary, i, "reached"), "2") << i;
    EXPECT_NE(At(result->summary, i, "epochs_to_target_mean"), "");
  }
}

// Of a rate that learns, one that hardly does and one that diverges, the first.
TEST(ComparisonTest, TheRateThatLearnsIsChosen) {
  const auto result = RunWith({"--learning_rates=1e-6,0.3,1e9", "--optimizers=sgd"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(At(result->summary, 0, "learning_rate"), "0.3");
  const std::string& sweep = result->files.at("sweep.csv");
  EXPECT_THAT(sweep, HasSubstr("moons,mlp,sgd,constant,1e+09,0,,,no\n"));
}

TEST(ComparisonTest, ATargetThatNobodyReachesIsLeftOut) {
  const auto result = RunWith({"--learning_rates=1e-9", "--optimizers=sgd", "--target=0.99"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(At(result->summary, 0, "reached"), "0");
  EXPECT_EQ(At(result->summary, 0, "epochs_to_target_mean"), "");
  EXPECT_EQ(At(result->summary, 0, "diverged_at"), "");
}

TEST(ComparisonTest, DivergenceIsToldInTheTable) {
  const auto result =
      RunWith({"--learning_rates=1e4", "--schedules=constant", "--optimizers=sgd,adagrad:epsilon=1e30"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(At(result->summary, 0, "n"), "0");
  EXPECT_EQ(At(result->summary, 0, "diverged_at"), "2");  // the first step goes too far, the second sees it
  EXPECT_EQ(At(result->summary, 0, "test_accuracy_mean"), "");
  EXPECT_EQ(At(result->summary, 1, "n"), "2");
}

TEST(ComparisonTest, WhereAllDivergeThereIsNoResult) {
  const absl::Status status = RunWith({"--learning_rates=1e6,1e7", "--schedules=constant"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted) << status;
  EXPECT_THAT(std::string(status.message()),
              StartsWith("every run diverged, first that of sgd, constant, rate 1e+06, at step 2;"));
}

TEST(ComparisonTest, SameSeedsSameBytes) {
  const auto a = RunWith({"--rates=1"}), b = RunWith({"--rates=1"});
  ASSERT_TRUE(a.ok());
  EXPECT_EQ(a->metrics.ToCsv(), b->metrics.ToCsv());
}

TEST(ComparisonTest, ImpossibleFlagsAreRefusedBeforeAnythingRuns) {
  const auto expect = [](const std::string& flag, const std::string& beginning) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_THAT(std::string(status.message()), StartsWith(beginning)) << flag;
  };
  expect("--model=lenet", "--model=lenet wants pictures [1, 28, 28], and those of moons are [2]");
  expect("--model=lennet", "unknown model 'lennet'; did you mean 'lenet'?");
  expect("--optimizers=adma", "unknown optimizer 'adma'; did you mean 'adam'?");
  expect("--optimizers=adam:beta2=1", "optimizer adam: beta2 wants 0 to less than 1, not '1'");
  expect("--schedules=cosin", "unknown schedule 'cosin'; did you mean 'cosine'?");
  expect("--schedules=", "flag --schedules wants at least one value");
  expect("--learning_rates=-1", "flag --learning_rates wants positive numbers, not -1");
  expect("--rates=4", "flag --rates wants an odd number");
  expect("--ratio=0.5", "flag --ratio wants a number of 1 to 1000, not 0.5");
  expect("--ratio=1e300", "flag --ratio wants a number of 1 to 1000, not 1e+300");
  expect("--target=1", "flag --target wants a number below 1, not 1");
  expect("--seeds=1,1", "flag --seeds wants each seed once, not 1 twice");
  expect("--batch_size=0", "flag --batch_size wants a number of 1 or more, not 0");
}

}  // namespace
}  // namespace dl
