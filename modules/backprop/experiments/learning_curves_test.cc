#include "modules/backprop/experiments/learning_curves.h"

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  LearningCurves experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(LearningCurvesTest, OneRowAnEpochAndSeedAndOneSummary) {
  const auto result = RunWith({"--dataset=moons", "--hidden=8,4", "--epochs=3", "--seeds=5,6"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 3u * 2u);
  ASSERT_EQ(result->summary.rows().size(), 1u);
  EXPECT_EQ(result->summary.columns()[4], "parameters");
  EXPECT_EQ(result->summary.rows()[0][4], std::to_string((2 + 1) * 8 + (8 + 1) * 4 + (4 + 1) * 2));
  EXPECT_EQ(result->seeds, (std::vector<uint64_t>{5, 6}));
}

TEST(LearningCurvesTest, ImpossibleFlagsAreRefusedBeforeAnythingRuns) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(status.message(), message) << flag;
  };
  expect("--seeds=", "flag --seeds wants at least one seed");
  expect("--seeds=1,1", "flag --seeds wants each seed once, not 1 twice");
  expect("--learning_rate=-1", "flag --learning_rate wants a number of 0 or more, not -1");
  expect("--learning_rate=inf", "flag --learning_rate wants a finite number, not inf");
  expect("--hidden=64,-1", "flag --hidden wants numbers of 1 to 4096, not -1");
  expect("--hidden=99999999999999", "flag --hidden wants numbers of 1 to 4096, not 99999999999999");
}

}  // namespace
}  // namespace dl
