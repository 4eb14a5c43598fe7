#include "modules/backprop/experiments/losses.h"

#include <algorithm>
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  Losses experiment;
  return testing::RunExperiment(experiment, arguments);
}

// An output bias of 4 makes outputs of about 0.98: the slope of the cross-entropy is then nearly 0.9 in the mean (nine
// outputs of ten should be 0), that of the squared error is less by the slope of the sigmoid.
TEST(LossesTest, SaturationTakesTheSlopeOfTheSquaredErrorOnly) {
  const auto result =
      RunWith({"--train_size=128", "--validation_size=64", "--test_size=64", "--steps=60", "--steps_between=20",
               "--learning_rates=0.1,1", "--output_biases=4", "--seeds=1,2", "--level=0.15"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0][0], "squared error");
  EXPECT_EQ(rows[0][4], rows[1][4]);  // the same networks
  EXPECT_LT(std::stod(rows[0][6]), 0.05);
  EXPECT_NEAR(std::stod(rows[1][6]), 0.9, 0.05);
  EXPECT_EQ(result->metrics.rows().size(), 2u * 2u * 3u);  // losses, seeds, measurements at steps 0, 20 and 40
  EXPECT_EQ(std::count(result->files.at("sweep.csv").begin(), result->files.at("sweep.csv").end(), '\n'), 1 + 2 * 2);
}

TEST(LossesTest, ALevelThatNobodyReachesCostsTheWholeBudget) {
  const auto result =
      RunWith({"--train_size=64", "--validation_size=32", "--test_size=32", "--steps=4", "--steps_between=2",
               "--learning_rates=0.1", "--output_biases=0", "--seeds=1", "--level=0.99"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows()[0][2], "any");
  EXPECT_EQ(result->summary.rows()[0][8], "4");
  EXPECT_EQ(result->summary.rows()[0][10], "0");
}

TEST(LossesTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(status.message(), message) << flag;
  };
  expect("--learning_rates=-1", "flag --learning_rates wants positive numbers, not -1");
  expect("--learning_rates=", "flag --learning_rates wants at least one value");
  expect("--output_biases=nan", "flag --output_biases wants finite numbers, not nan");
  expect("--output_biases=", "flag --output_biases wants at least one value");
  expect("--seeds=", "flag --seeds wants at least one seed");
  expect("--level=0", "flag --level wants a positive number, not 0");
  expect("--level=1", "flag --level wants a number below 1, not 1");
  expect("--hidden=0", "flag --hidden wants a number of 1 to 4096, not 0");
  for (const std::string flag : {"train_size", "validation_size", "steps", "steps_between"}) {
    expect("--" + flag + "=0", "flag --" + flag + " wants a number of 1 or more, not 0");
  }
  expect("--batch_size=5000", "flag --batch_size wants a number of 1 to 4000 (--train_size), not 5000");
}

}  // namespace
}  // namespace dl
