#include "modules/backprop/experiments/vanishing.h"

#include "absl/strings/numbers.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  Vanishing experiment;
  return testing::RunExperiment(experiment, arguments);
}

double Number(const std::string& text) {
  double number = 0;
  EXPECT_TRUE(absl::SimpleAtod(text, &number)) << text;
  return number;
}

const std::vector<std::string> kSmall = {"--dataset=moons", "--examples=32", "--width=16", "--seeds=1,2,3"};

std::vector<std::string> Small(std::vector<std::string> more) {
  more.insert(more.begin(), kSmall.begin(), kSmall.end());
  return more;
}

TEST(VanishingTest, OneRowALayerAndOneSummaryASetting) {
  const auto result =
      RunWith(Small({"--depths=2,3", "--activations=relu,tanh", "--initializers=kaiming,lsuv,orthogonal"}));
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 2u * 3u * 3u * (2 + 3));
  EXPECT_EQ(result->summary.rows().size(), 2u * 2u * 3u);
  EXPECT_EQ(result->files.count("profiles.csv"), 1u);
}

TEST(VanishingTest, SmallWeightsVanishLargeOnesExplodeRightOnesDoNeither) {
  const auto result =
      RunWith(Small({"--depths=12", "--activations=relu", "--initializers=kaiming:0.1,kaiming,kaiming:10"}));
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  EXPECT_EQ(rows[0].back(), "vanishing");
  EXPECT_EQ(rows[1].back(), "steady");
  EXPECT_EQ(rows[2].back(), "exploding");
  // Eleven layers ten times smaller or larger than Kaiming's.
  EXPECT_NEAR(Number(rows[0][3]), Number(rows[1][3]) - 11, 0.5);
  EXPECT_NEAR(Number(rows[2][3]), Number(rows[1][3]) + 11, 0.5);
}

// 0.01 sqrt(16 / 2) is the factor of a layer: after 31 of them 1e-48, which f32 has no number for.
TEST(VanishingTest, WhatF32CannotHoldIsCounted) {
  const auto result = RunWith(Small({"--depths=32", "--activations=relu", "--initializers=normal:0.01,normal:100"}));
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  EXPECT_EQ(rows[0],
            (std::vector<std::string>{"relu", "normal:0.01", "32", "-inf", "0", "0", "3", "0", "0", "vanishing"}));
  EXPECT_EQ(rows[1],
            (std::vector<std::string>{"relu", "normal:100", "32", "inf", "0", "0", "0", "3", "inf", "exploding"}));
}

TEST(VanishingTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& beginning) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(beginning, 0), 0u) << status;
  };
  expect("--depths=1", "flag --depths wants numbers of 2 to 1000, not 1");
  expect("--depths=", "flag --depths wants at least one value");
  expect("--activations=", "flag --activations wants at least one value");
  expect("--initializers=", "flag --initializers wants at least one value");
  expect("--seeds=", "flag --seeds wants at least one seed");
  expect("--width=0", "flag --width wants a number of 1 to 4096, not 0");
  expect("--examples=0", "flag --examples wants a number of 1 or more, not 0");
  expect("--activations=foo", "unknown element-wise function 'foo'; valid: relu");
  expect("--initializers=xaver", "unknown initializer 'xaver'; did you mean 'xavier'?");
  expect("--dataset=moon", "unknown dataset 'moon'; did you mean 'moons'?");
}

}  // namespace
}  // namespace dl
