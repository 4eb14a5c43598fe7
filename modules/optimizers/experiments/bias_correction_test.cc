#include "modules/optimizers/experiments/bias_correction.h"

#include <algorithm>
#include <cmath>

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  const std::vector<std::string> small = {"--first_steps=100", "--beta2s=0.999",   "--steps=20",      "--window=5",
                                          "--hidden=8",        "--train_size=128", "--test_size=32", "--seeds=1,2"};
  arguments.insert(arguments.begin(), small.begin(), small.end());
  BiasCorrection experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(BiasCorrectionTest, RowsOfEachFile) {
  const auto result = RunWith({"--learning_rates=0.001,0.01", "--step_beta1s=0.9", "--step_beta2s=0.99,0.999"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto lines = [&](const std::string& file) {
    const std::string& text = result->files.at(file);
    return std::count(text.begin(), text.end(), '\n');
  };
  ASSERT_EQ(result->summary.rows().size(), 4u);
  EXPECT_EQ(result->summary.rows()[0][1], "corrected");
  EXPECT_EQ(result->summary.rows()[0][4], "1");
  EXPECT_EQ(result->summary.rows()[1][4], "3.16228");
  EXPECT_EQ(result->metrics.rows().size(), 4u * 2u * 2u);
  EXPECT_EQ(lines("sweep.csv"), 1 + 4 * 2);
  EXPECT_EQ(lines("first_steps.csv"), 1 + 2);
  // The ratio of β₂ = 0.999 grows until step 12, the first being √10; in 100 steps it is never right to a tenth.
  const std::string& text = result->files.at("first_steps.csv");
  EXPECT_NE(text.find("\n0.9,0.999,3.16228,3.16228,3.1623,6.56"), std::string::npos) << text;
  EXPECT_NE(text.find(",12,,"), std::string::npos) << text;
}

// With β₁ = β₂ = 0 there is nothing to correct: both methods are one, and each step of theirs is the rate.
TEST(BiasCorrectionTest, TheCorrectionIsWhatTellsTheMethodsApart) {
  const auto result = RunWith({"--learning_rates=0.01"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->metrics.rows();
  const auto loss = [&](size_t method, size_t row) { return rows[method * 4 + row][4]; };
  EXPECT_NE(loss(0, 0), loss(1, 0));
  EXPECT_NE(loss(1, 0), loss(2, 0));
  EXPECT_NE(loss(0, 0), loss(3, 0));
}

TEST(BiasCorrectionTest, OnlyWhereAllDivergeIsTheRunLost) {
  const absl::Status lost = RunWith({"--learning_rates=1e30"}).status();
  EXPECT_EQ(lost.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(std::string(lost.message()),
            "adam corrected diverges at every rate, at rate 1e+30 in step 2; lower --learning_rates may help");
  const auto kept = RunWith({"--learning_rates=0.01,1e30"});
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_NE(kept->files.at("sweep.csv").find("0.999,corrected,1e+30,0,,,,,2\n"), std::string::npos);
}

TEST(BiasCorrectionTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()), message) << flag;
  };
  expect("--step_beta1s=1", "flag --step_beta1s wants numbers below 1, not 1");
  expect("--step_beta2s=-1", "flag --step_beta2s wants numbers of 0 or more, not -1");
  expect("--beta2s=1", "flag --beta2s wants numbers below 1, not 1");
  expect("--beta2s=", "flag --beta2s wants at least one value");
  expect("--learning_rates=-1", "flag --learning_rates wants positive numbers, not -1");
  expect("--learning_rates=", "flag --learning_rates wants at least one value");
  expect("--first_steps=0", "flag --first_steps wants a number of 1 to 1000000, not 0");
  expect("--window=21", "flag --window wants a number of 1 to 20 (--steps), not 21");
  expect("--warmup=0", "flag --warmup wants a number of 1 or more, not 0");
  expect("--batch_size=129", "flag --batch_size wants a number of 1 to 128 (--train_size), not 129");
  expect("--hidden=0", "flag --hidden wants a number of 1 to 4096, not 0");
  expect("--seeds=1,1", "flag --seeds wants each seed once, not 1 twice");
}

}  // namespace
}  // namespace dl
