#include "modules/optimizers/experiments/lr_range_test.h"

#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  for (const std::string flag : {"--train_size=320", "--test_size=50", "--hidden=8", "--epochs=2", "--rates=3",
                                 "--ratio=8", "--range_steps=60", "--seeds=1,2"}) {
    arguments.insert(arguments.begin(), flag);
  }
  LrRangeTest experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(LrRangeTestTest, SuggestionsStandBesideTheGrid) {
  const auto result = RunWith({"--optimizers=sgd,adam"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 6u);
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i][0], i < 3 ? "sgd" : "adam");
    EXPECT_EQ(rows[i][1], std::vector<std::string>({"steepest", "lowest/10", "grid"})[i % 3]);
    EXPECT_EQ(rows[i].back(), "2");
    const double grid = std::stod(rows[i / 3 * 3 + 2][2]), rate = std::stod(rows[i][2]);
    EXPECT_NEAR(std::stod(rows[i][4]), rate / grid, 1e-4 * rate / grid);
    EXPECT_GE(std::stod(rows[i][3]), 1);
    if (i % 3 == 2) {
      EXPECT_EQ(rows[i][8], "0");  // paired by seed: the grid's best costs no seed anything
    }
    EXPECT_NEAR(std::stod(rows[i][7]), std::stod(rows[i][5]) - std::stod(rows[i / 3 * 3 + 2][5]), 1e-4);
  }
  std::map<std::string, int> of_origin;
  for (const auto& row : result->metrics.rows()) ++of_origin[row[1]];
  EXPECT_EQ(of_origin["grid"], 2 * 3 * 2);
  EXPECT_EQ(of_origin["steepest"], 2 * 2);
  EXPECT_EQ(of_origin["lowest/10"], 2 * 2);
  EXPECT_GT(of_origin["range test"], 2 * 2 * 10);
}

TEST(LrRangeTestTest, ARangeTestThatExplodesAtOnceSuggestsNothing) {
  const auto result = RunWith({"--optimizers=sgd", "--lowest_rate=1e5", "--highest_rate=1e6"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows()[0],
            (std::vector<std::string>{"sgd", "steepest", "", "", "", "", "", "", "", "", "", "0", "0"}));
  EXPECT_EQ(result->summary.rows()[2].back(), "2");
}

// A penalty of 1000 w makes each step of rate 0.1 throw the weights to -99 times themselves.
TEST(LrRangeTestTest, WhereNothingCanBeTrainedTheFirstFailureIsNamed) {
  const std::vector<std::string> hopeless = {"--rates=1", "--lowest_rate=1e5", "--highest_rate=1e6"};
  std::vector<std::string> arguments = hopeless;
  arguments.push_back("--optimizers=sgd:l2=1000");
  const absl::Status status = RunWith(arguments).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(status.message()), ::testing::StartsWith("sgd:l2=1000, rate 0.1, seed 1: the loss is "));
  arguments.back() = "--optimizers=sgd:l2=1000,sgd";
  const auto result = RunWith(arguments);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows()[2][2], "");
  EXPECT_EQ(result->summary.rows()[5][2], "0.1");
}

TEST(LrRangeTestTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_THAT(std::string(status.message()), ::testing::StartsWith(message)) << flag;
  };
  expect("--optimizers=adan", "unknown optimizer 'adan'; did you mean 'adam'?");
  expect("--optimizers=adam:beta1=1", "optimizer adam: beta1 wants 0 to less than 1, not '1'");
  expect("--optimizers=", "flag --optimizers wants one name at least");
  expect("--rates=4", "flag --rates wants an odd number, not 4");
  expect("--rates=0", "flag --rates wants a number of 1 to 99, not 0");
  expect("--ratio=1", "flag --ratio wants a number of 1.01 to 1000, not 1");
  expect("--ratio=1e18", "flag --ratio wants a number of 1.01 to 1000, not 1e+18");
  expect("--lowest_rate=-1", "flag --lowest_rate wants a positive number, not -1");
  expect("--highest_rate=1e-9", "flag --highest_rate wants a number of 2e-06 or more, not 1e-09");
  expect("--range_steps=1", "flag --range_steps wants a number of 2 or more, not 1");
  expect("--smoothing=1", "flag --smoothing wants a number below 1, not 1");
  expect("--batch_size=321", "flag --batch_size wants a number of 1 to 320 (--train_size), not 321");
  expect("--seeds=", "flag --seeds wants at least one seed");
  expect("--hidden=0", "flag --hidden wants numbers of 1 to 4096, not 0");
  for (const std::string flag : {"train_size", "test_size", "epochs"}) {
    expect("--" + flag + "=0", "flag --" + flag + " wants a number of 1 or more, not 0");
  }
}

}  // namespace
}  // namespace dl
