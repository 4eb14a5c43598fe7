#include "modules/backprop/experiments/three_starts.h"

#include <cmath>
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  ThreeStarts experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(ThreeStartsTest, ZerosStayAndHesDescend) {
  const auto result = RunWith({"--iterations=600", "--learning_rate=0.1", "--seeds=1,2"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 3u * 2u * 16u);
  const auto& zero = result->summary.rows()[0];
  EXPECT_EQ(zero[1], "0.5");
  EXPECT_EQ(zero[7], "0.693147");
  const auto& kaiming = result->metrics.rows().back();
  EXPECT_EQ(kaiming[2], "600");
  EXPECT_LT(std::stod(kaiming[3]), 0.6);
  // Of one run, the loss before last.
  EXPECT_EQ(RunWith({"--iterations=15", "--seeds=3"})->summary.rows()[2][7],
            RunWith({"--iterations=15", "--seeds=3"})->metrics.rows()[2 * 16 + 14][3]);
}

TEST(ThreeStartsTest, ADivergentRunHasNoResult) {
  const absl::Status status = RunWith({"--iterations=15", "--learning_rate=1e30", "--seeds=1"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted) << status;
}

TEST(ThreeStartsTest, ImpossibleFlagsAreRefused) {
  EXPECT_EQ(RunWith({"--iterations=100"}).status().message(), "flag --iterations wants a multiple of 15");
  EXPECT_EQ(RunWith({"--iterations=0"}).status().message(), "flag --iterations wants a number of 15 or more, not 0");
  EXPECT_EQ(RunWith({"--seeds="}).status().message(), "flag --seeds wants at least one seed");
  EXPECT_EQ(RunWith({"--learning_rate=nan"}).status().message(), "flag --learning_rate wants a finite number, not nan");
}

}  // namespace
}  // namespace dl
