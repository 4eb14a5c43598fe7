#include "modules/optimizers/experiments/stability_limit.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  StabilityLimit experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(StabilityLimitTest, MeasuredLimitsAreThoseOfTheory) {
  const auto result = RunWith({"--momenta=0,0.5,0.9", "--curvatures=2,30", "--dimension=3"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 2u * 5u);
  const std::vector<double> expected = {2, 3, 1.5, 3.8, 3.8 / 2.8};  // times the curvature
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_NEAR(std::stod(rows[i][6]), expected[i % 5], 1e-5) << rows[i][0] << " " << rows[i][1];
    EXPECT_LT(std::abs(std::stod(rows[i][5])), 1e-6) << rows[i][0] << " " << rows[i][1];
    EXPECT_NEAR(std::stod(rows[i][3]) * (i < 5 ? 2 : 30), expected[i % 5], 1e-4);
  }
  EXPECT_EQ(rows[0][0], "sgd");
  EXPECT_EQ(rows[4][0], "nesterov");
}

TEST(StabilityLimitTest, EitherSideOfTheLimit) {
  const auto result = RunWith({"--momenta=0.9", "--curvatures=1", "--parts=0.95,1.05", "--steps=400"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->metrics.rows();
  double inside = 1, outside = 1;
  for (const auto& row : rows) (row[2] == "0.95" ? inside : outside) = std::stod(row[4]);
  EXPECT_LT(inside, 1e-3);
  EXPECT_GT(outside, 1e3);
}

TEST(StabilityLimitTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()), message) << flag;
  };
  expect("--momenta=1", "flag --momenta wants numbers of 0 to 0.999, not 1");
  expect("--momenta=", "flag --momenta wants at least one value");
  expect("--curvatures=0", "flag --curvatures wants numbers of 1e-06 to 1e+06, not 0");
  expect("--condition=0.5", "flag --condition wants a number of 1 to 1000, not 0.5");
  expect("--dimension=1", "flag --dimension wants a number of 2 to 1000, not 1");
  expect("--parts=-1", "flag --parts wants positive numbers, not -1");
  expect("--steps=0", "flag --steps wants a number of 1 to 1000000, not 0");
}

}  // namespace
}  // namespace dl
