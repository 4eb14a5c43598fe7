#include "modules/optimizers/experiments/rotation.h"

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  Rotation experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(RotationTest, OnlyWhatTreatsAllDirectionsAlikeIsInvariant) {
  const auto result = RunWith({"--angles=45", "--steps=300", "--rates_per_decade=2"});
  ASSERT_TRUE(result.ok()) << result.status();
  std::vector<std::string> invariant;
  for (const auto& row : result->summary.rows()) {
    if (row[1] == "yes") invariant.push_back(row[0]);
  }
  EXPECT_EQ(invariant, (std::vector<std::string>{"sgd", "momentum", "nesterov", "muon", "sam"}));
  EXPECT_EQ(result->summary.rows().size(), OptimizerNames().size());
}

TEST(RotationTest, TheInvariantTakeAsManyStepsAtAllAnglesAndAdaGradDoesNot) {
  const auto result =
      RunWith({"--optimizers=momentum,adagrad", "--angles=0,45,90", "--steps=1000", "--rates_per_decade=3"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->metrics.rows();  // optimizer, angle, rate of 0°, steps, own rate, steps
  ASSERT_EQ(rows.size(), 6u);
  for (size_t i = 1; i < 3; ++i) {
    EXPECT_EQ(rows[i][3], rows[0][3]);
    EXPECT_EQ(rows[i][5], rows[0][5]);
  }
  ASSERT_NE(rows[3][5], "");
  ASSERT_NE(rows[4][5], "");
  EXPECT_GT(std::stoi(rows[4][5]), 10 * std::stoi(rows[3][5]));
  EXPECT_EQ(rows[5][5], rows[3][5]);  // at 90° the axes have but changed their places
}

TEST(RotationTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(message, 0), 0u) << status;
  };
  expect("--angles=", "flag --angles wants at least one value");
  expect("--angles=400", "flag --angles wants numbers of -360 to 360, not 400");
  expect("--condition_number=0", "flag --condition_number wants a number of 1 to 1e+06, not 0");
  expect("--steps=0", "flag --steps wants a number of 1 to 1000000, not 0");
  expect("--optimizers=adm", "unknown optimizer 'adm'; did you mean 'adam'?");
}

}  // namespace
}  // namespace dl
