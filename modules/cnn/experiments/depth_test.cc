#include "modules/cnn/experiments/depth.h"

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {"--depths=8,20", "--halvings=2", "--widths=4,4,8", "--train_size=40", "--test_size=20",
                    "--batch_size=10", "--epochs=2", "--rates=0.01,0.05", "--seeds=1,2"});
  Depth experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(DepthTest, OneRowANetworkAndOneAConvolution) {
  const auto result = RunWith({"--shortcuts=none,padding,projection"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows().size(), 2u * 3u);
  EXPECT_EQ(result->metrics.rows().size(), 2u * 3u * 2u * 2u);
  // A projection is one more convolution where the maps grow or halve: in two places.
  const std::vector<std::string> lines = absl::StrSplit(result->files.at("gradients.csv"), '\n', absl::SkipEmpty());
  EXPECT_EQ(lines.size(), 1u + 3u * (7u + 19u) + 2u * 2u);
}

// summary: depth, shortcut, nine columns and n of the outcome, parameters, gradient_spread_mean, _std,
// published_cifar10_error.
TEST(DepthTest, ShortcutsCostNoParametersAndEvenOutTheGradients) {
  const auto result = RunWith({"--depths=32"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  EXPECT_EQ(rows[0][1], "none");
  EXPECT_EQ(rows[0][12], rows[1][12]);
  EXPECT_EQ(rows[0][15], "");
  EXPECT_EQ(rows[1][15], "0.0751");
  EXPECT_GT(std::stod(rows[0][13]), 3 * std::stod(rows[1][13]));
}

TEST(DepthTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()), message);
  };
  expect("--depths=21", "flag --depths wants numbers of the form 6 n + 2, as 20, 32, 44 and 56, not 21");
  expect("--depths=2", "flag --depths wants numbers of 8 to 1202, not 2");
  expect("--depths=", "flag --depths wants at least one value");
  expect("--shortcuts=pading", "unknown shortcut 'pading'; did you mean 'padding'?; valid: none, padding, projection");
  expect("--widths=16,8,8", "flag --widths wants three numbers, none smaller than the one before");
  expect("--widths=8,8", "flag --widths wants three numbers, none smaller than the one before");
  expect("--widths=0,8,8", "flag --widths wants numbers of 1 to 4096, not 0");
  expect("--halvings=3",
         "flag --halvings wants to leave images of 4 by 4 pixels or more, and those of glyphs are 28 by 28");
  expect("--halvings=-1", "flag --halvings wants a number of 0 to 10, not -1");
  expect("--rates=0", "flag --rates wants positive numbers, not 0");
}

}  // namespace
}  // namespace dl
