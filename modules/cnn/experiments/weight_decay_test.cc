#include "modules/cnn/experiments/weight_decay.h"

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"--dataset=glyphs", "--train_size=60", "--validation_size=20", "--test_size=20",
                                       "--batch_size=10", "--epochs=3", "--rates=0.02", "--decays=0.1",
                                       "--adamw_rates=0.003", "--adamw_decays=10", "--seeds=1,2"});
  ConvWeightDecay experiment;
  return testing::RunExperiment(experiment, arguments);
}

// summary: optimizer, scope, decay, learning_rate, nine columns of the outcome, weight_norm_mean, _std,
// effective_rate_mean, _std.
TEST(ConvWeightDecayTest, ConvolutionsShrinkWhereTheyDecay) {
  const auto result = RunWith({});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 6u);  // momentum: none, all, convolutions, others; adamw: none, all
  const auto norm = [&](size_t row) { return std::stod(rows[row][13]); };
  EXPECT_LT(norm(1), 0.97 * norm(0));
  EXPECT_NEAR(norm(2), norm(1), 0.01 * norm(1));
  EXPECT_NEAR(norm(3), norm(0), 0.01 * norm(0));
  EXPECT_NE(rows[3][4], rows[0][4]);  // train_loss_mean: the dense layer did decay
  EXPECT_NE(rows[2][4], rows[1][4]);
  EXPECT_EQ(rows[4][0], "adamw");
  EXPECT_LT(norm(5), 0.97 * norm(4));
}

// norms.csv: optimizer, scope, decay, learning_rate, epoch, weight_norm_mean, _std, effective_rate_mean, _std, n.
TEST(ConvWeightDecayTest, TheEffectiveRateIsTheRateOverTheSquaredNorm) {
  const auto result = RunWith({"--scopes=all", "--adamw_decays=", "--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  const std::vector<std::string> lines = absl::StrSplit(result->files.at("norms.csv"), '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), 1u + 2u * 3u);  // settings, epochs
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> cells = absl::StrSplit(lines[i], ',');
    const double norm = std::stod(cells[5]);
    EXPECT_NEAR(std::stod(cells[7]) * norm * norm, 0.02, 1e-6) << lines[i];
  }
}

// Adam's steps are as long whatever the gradient is, so that they turn the weights by the rate over the norm.
TEST(ConvWeightDecayTest, TheEffectiveRateOfAdamIsTheRateOverTheNorm) {
  const auto result = RunWith({"--scopes=all", "--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  for (const auto& row : result->summary.rows()) {
    const double norm = std::stod(row[13]), effective = std::stod(row[15]), rate = std::stod(row[3]);
    EXPECT_NEAR(effective * (row[0] == "adamw" ? norm : norm * norm) / rate, 1, 1e-4) << row[0];
  }
}

TEST(ConvWeightDecayTest, WhatDivergesIsARow) {
  const auto result = RunWith({"--scopes=all", "--decays=1e30", "--adamw_decays="});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows()[1][3], "none");
  EXPECT_EQ(result->summary.rows()[1][13], "");
}

TEST(ConvWeightDecayTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()), message);
  };
  expect("--scopes=al", "unknown scope 'al'; did you mean 'all'?; valid: all, convolutions, others");
  expect("--decays=0", "flag --decays wants positive numbers, not 0");
  expect("--rates=", "flag --rates wants at least one value");
  expect("--adamw_decays=-1", "flag --adamw_decays wants positive numbers, not -1");
  expect("--adamw_rates=nan", "flag --adamw_rates wants finite numbers, not nan");
}

}  // namespace
}  // namespace dl
