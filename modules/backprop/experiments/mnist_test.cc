#include "modules/backprop/experiments/mnist.h"

#include <sstream>

#include "gtest/gtest.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  Mnist experiment;
  FlagSet flags("");
  experiment.AddFlags(flags);
  arguments.push_back("--dataset=glyphs");  // no file needed
  if (auto words = flags.Parse(arguments); !words.ok()) return words.status();
  std::ostringstream out;
  Progress progress(out, {});
  return experiment.Run(progress);
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
  expect("--hidden=0", "flag --hidden wants widths of 1 to 16384");
  expect("--hidden=", "flags --hidden, --initializations and --learning_rates want one value at least");
  expect("--learning_rates=inf", "flag --learning_rates wants positive numbers");
  expect("--lambda=-1", "flag --lambda wants a number of 0 or more");
  expect("--validation_size=0", "flags --train_size and --validation_size want 1 or more");
  expect("--test_size=-1", "flag --test_size wants 0 or more");
  expect("--epochs=0", "flag --epochs wants 1 or more");
  expect("--batch_size=0", "flag --batch_size wants 1 to 50000");
  expect("--seeds=", "flag --seeds wants at least one seed");
}

}  // namespace
}  // namespace dl
