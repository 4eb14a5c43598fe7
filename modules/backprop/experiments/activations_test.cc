#include "modules/backprop/experiments/activations.h"

#include <map>
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  Activations experiment;
  return testing::RunExperiment(experiment, arguments);
}

const std::vector<std::string> kTiny = {"--train_size=64", "--validation_size=32", "--test_size=32", "--hidden=8",
                                        "--epochs=2",      "--learning_rates=0.1", "--seeds=1,2"};

// What is known of the functions on [-5, 5]: value and slope at their ends, and where they lose their slope.
TEST(ActivationsTest, RangesAreThoseOfTheFunctions) {
  const auto result = RunWith(kTiny);
  ASSERT_TRUE(result.ok()) << result.status();
  std::map<std::string, std::vector<std::string>> rows;
  for (const auto& row : result->summary.rows()) rows[row[0]] = {row.begin() + 1, row.begin() + 7};
  using Row = std::vector<std::string>;
  EXPECT_EQ(rows["relu"], (Row{"0", "5", "0", "1", "0", "left"}));
  EXPECT_EQ(rows["leaky_relu"], (Row{"-0.05", "5", "0.01", "1", "0.01", "nowhere"}));
  EXPECT_EQ(rows["tanh"][0], "-0.999909");
  EXPECT_EQ(rows["tanh"][3], "1");
  EXPECT_EQ(rows["tanh"][5], "both sides");
  EXPECT_EQ(rows["sigmoid"][3], "0.25");
  EXPECT_EQ(rows["sigmoid"][5], "both sides");
  EXPECT_EQ(rows["elu"][5], "left");
  EXPECT_EQ(rows["gelu"][4], "0.5");
  EXPECT_EQ(rows["gelu"][3].substr(0, 5), "1.128");  // at √2: Φ(√2) + √2 φ(√2)
  EXPECT_EQ(rows["silu"][3].substr(0, 5), "1.099");
}

TEST(ActivationsTest, TheSweepRunsEveryRateAndKeepsTheBest) {
  std::vector<std::string> flags = kTiny;
  flags.insert(flags.end(), {"--activations=relu", "--learning_rates=0.0001,0.1", "--epochs=8"});
  const auto result = RunWith(flags);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows()[0][7], "0.1");
  EXPECT_EQ(result->metrics.rows().size(), 2u * 8u);
  EXPECT_THAT(result->files.at("sweep.csv"), ::testing::HasSubstr("relu,0.0001,"));
}

TEST(ActivationsTest, ARateThatDivergesIsLeftOut) {
  std::vector<std::string> flags = kTiny;
  flags.insert(flags.end(), {"--activations=relu", "--learning_rates=1e9,0.1"});
  const auto result = RunWith(flags);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows()[0][7], "0.1");
  EXPECT_THAT(result->files.at("sweep.csv"), ::testing::HasSubstr("relu,1e+09,0,0,2\n"));
  flags.push_back("--learning_rates=1e9");
  EXPECT_EQ(RunWith(flags).status().code(), absl::StatusCode::kAborted);
}

TEST(ActivationsTest, ImpossibleFlagsAreRefused) {
  const auto message = [](const std::string& flag) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    return std::string(status.message());
  };
  EXPECT_EQ(message("--activations=rleu"),
            "unknown activation 'rleu'; did you mean 'relu'?; valid: relu, leaky_relu, elu, gelu, silu, tanh, sigmoid");
  EXPECT_THAT(message("--activations=sqrt"), ::testing::StartsWith("unknown activation 'sqrt'"));
  EXPECT_EQ(message("--seeds="), "flag --seeds wants at least one seed");
  EXPECT_EQ(message("--activations="), "flag --activations wants at least one value");
  EXPECT_EQ(message("--learning_rates="), "flag --learning_rates wants at least one value");
  EXPECT_EQ(message("--learning_rates=0"), "flag --learning_rates wants positive numbers, not 0");
  EXPECT_EQ(message("--hidden=0"), "flag --hidden wants numbers of 1 to 4096, not 0");
  EXPECT_EQ(message("--train_size=0"), "flag --train_size wants a number of 1 or more, not 0");
}

}  // namespace
}  // namespace dl
