#include "modules/backprop/experiments/mnist.h"

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  Mnist experiment;
  arguments.push_back("--dataset=glyphs");  // no file needed
  return testing::RunExperiment(experiment, arguments);
}

// Weights of deviation 1 on hundreds of pixels saturate the hidden units, which then learn little in an epoch.
TEST(MnistTest, ScaledWeightsLearnFasterAtFirst) {
  const auto result = RunWith({"--train_size=1500", "--validation_size=300", "--test_size=300", "--hidden=15",
                               "--learning_rates=0.5", "--epochs=2", "--seeds=1,2", "--lambda=0.15"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 2u * 2u * 2u);
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0][2], "scaled");
  EXPECT_EQ(rows[1][2], "unit");
  EXPECT_GT(std::stod(rows[0][10]), std::stod(rows[1][10]) + 0.05);
  EXPECT_GT(std::stod(rows[0][10]), 0.5);
  EXPECT_EQ(rows[0][12], "");  // nothing is published about glyphs
}

// L2 of this strength leaves nothing of the weights: every picture gets one answer.
TEST(MnistTest, LambdaDecaysTheWeights) {
  const auto result =
      RunWith({"--train_size=500", "--validation_size=100", "--test_size=100", "--hidden=5", "--learning_rates=0.5",
               "--initializations=unit", "--epochs=4", "--seeds=1", "--lambda=500"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_NEAR(std::stod(result->summary.rows()[0][10]), 0.1, 0.05);
}

TEST(MnistTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(status.message(), message) << flag;
  };
  expect("--initializations=scale", "unknown initialization 'scale'; did you mean 'scaled'?; valid: scaled, unit");
  expect("--hidden=0", "flag --hidden wants numbers of 1 to 4096, not 0");
  for (const std::string flag : {"hidden", "initializations", "learning_rates"}) {
    expect("--" + flag + "=", "flag --" + flag + " wants at least one value");
  }
  expect("--learning_rates=inf", "flag --learning_rates wants finite numbers, not inf");
  expect("--lambda=-1", "flag --lambda wants a number of 0 or more, not -1");
  expect("--train_size=0", "flag --train_size wants a number of 1 or more, not 0");
  expect("--validation_size=0", "flag --validation_size wants a number of 1 or more, not 0");
  expect("--test_size=-1", "flag --test_size wants a number of 0 or more, not -1");
  expect("--epochs=0", "flag --epochs wants a number of 1 or more, not 0");
  expect("--batch_size=0", "flag --batch_size wants a number of 1 to 50000 (--train_size), not 0");
  expect("--seeds=", "flag --seeds wants at least one seed");
}

}  // namespace
}  // namespace dl
