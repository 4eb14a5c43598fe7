#include "modules/backprop/experiments/gradient_error.h"

#include <cstdlib>
#include <map>
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  GradientError experiment;
  return testing::RunExperiment(experiment, arguments);
}

// The laws that the chapter derives: truncation grows with h or h², rounding with 1/h, and the best step and its error
// are roots of ε but for the size of the derivatives, an order of magnitude to either side.
TEST(GradientErrorTest, TruncationAndRoundingFollowTheirLaws) {
  const auto result = RunWith({"--steps_per_decade=10", "--seeds=1,2,3"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 2u * 2 * 2 * 3 * 141);
  ASSERT_EQ(result->summary.rows().size(), 8u);
  for (const auto& row : result->summary.rows()) {
    std::map<std::string, double> value;
    for (size_t c = 3; c < row.size(); ++c) value[result->summary.columns()[c]] = std::atof(row[c].c_str());
    const std::string name = row[0] + " " + row[1] + " " + row[2];
    const double order = row[1] == "central" ? 2 : 1;
    EXPECT_EQ(value["n"], 3) << name;
    EXPECT_NEAR(value["truncation_slope_mean"], order, 0.1) << name;
    EXPECT_NEAR(value["rounding_slope_mean"], -1, 0.1) << name;
    EXPECT_GT(value["best_h_mean"], value["predicted_h"] / 10) << name;
    EXPECT_LT(value["best_h_mean"], value["predicted_h"] * 10) << name;
    EXPECT_GT(value["least_error_mean"], value["predicted_error"] / 10) << name;
    EXPECT_LT(value["least_error_mean"], value["predicted_error"] * 10) << name;
  }
}

TEST(GradientErrorTest, ImpossibleFlagsAreRefused) {
  EXPECT_EQ(RunWith({"--seeds="}).status().message(), "flag --seeds wants at least one seed");
  EXPECT_EQ(RunWith({"--steps_per_decade=0"}).status().message(),
            "flag --steps_per_decade wants a number of 3 to 100, not 0");
}

}  // namespace
}  // namespace dl
