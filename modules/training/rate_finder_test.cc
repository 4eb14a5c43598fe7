#include "modules/training/rate_finder.h"

#include <cmath>

#include "datasets/catalog.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/backprop/mlp.h"

namespace dl {
namespace {

TrainTest Moons() { return LoadDataset("moons", {.train_size = 400, .test_size = 50}).value(); }

absl::StatusOr<RateCurve> Find(const RateFinderOptions& options, const Dataset& train = Moons().train) {
  Random random(1);
  Sequential model = Mlp({2, 16, 2}, Elementwise::kReLU, random);
  return FindRate(
      model,
      [](std::vector<Variable> parameters, Schedule rate) {
        return Sgd(std::move(parameters), {.rate = std::move(rate)});
      },
      train, options);
}

TEST(SuggestRatesTest, ReadTheFastestFallAndTheLowestPoint) {
  const std::vector<RatePoint> points = {{1, 0, 9}, {2, 0, 8.5}, {4, 0, 4}, {8, 0, 2}, {16, 0, 1.5}, {32, 0, 7}};
  const RateSuggestions suggestions = SuggestRates(points);
  EXPECT_EQ(suggestions.steepest, 2);
  EXPECT_EQ(suggestions.tenth_of_lowest, 1.6);
}

TEST(SuggestRatesTest, TheWayBackFromAnExplosionIsNoDescent) {
  EXPECT_EQ(SuggestRates({{1, 0, 5}, {2, 0, 4}, {4, 0, 2}, {8, 0, 9}, {16, 0, 3}}).steepest, 2);
  EXPECT_EQ(SuggestRates({{1, 0, 5}, {2, 0, 6}, {4, 0, 9}, {8, 0, 7}}).steepest, 1);  // nothing falls
}

TEST(RateFinderTest, TheRateClimbsByAConstantFactor) {
  const auto curve = Find({.lowest = 1e-5, .highest = 1e-1, .steps = 81, .batch_size = 20});
  ASSERT_TRUE(curve.ok()) << curve.status();
  ASSERT_EQ(curve->points.size(), 81u);  // four passes: nothing stops so small rates
  EXPECT_DOUBLE_EQ(curve->points.front().rate, 1e-5);
  EXPECT_NEAR(curve->points.back().rate, 1e-1, 1e-12);
  EXPECT_NEAR(curve->points[41].rate / curve->points[40].rate, std::pow(10, 4.0 / 80), 1e-9);
}

TEST(RateFinderTest, TheSmoothedLossIsTheRunningMeanWithoutItsBias) {
  const auto curve = Find({.lowest = 1e-5, .highest = 1e-1, .steps = 10, .batch_size = 20, .smoothing = 0.5});
  ASSERT_TRUE(curve.ok()) << curve.status();
  const auto& p = curve->points;
  EXPECT_DOUBLE_EQ(p[0].smoothed, p[0].loss);
  EXPECT_NEAR(p[2].smoothed, (p[0].loss + 2 * p[1].loss + 4 * p[2].loss) / 7, 1e-12);
}

// Plain descent on moons, in double orders of magnitude: rates of 0.01 are timid, and at hundreds all is lost.
TEST(RateFinderTest, StopsWhereTheLossExplodesAndSuggestsLess) {
  const auto curve = Find({.lowest = 1e-4, .highest = 1e4, .steps = 200, .batch_size = 20});
  ASSERT_TRUE(curve.ok()) << curve.status();
  EXPECT_LT(curve->points.size(), 200u);
  double lowest = 1e9;
  for (const RatePoint& point : curve->points) {
    lowest = std::min(lowest, point.smoothed);
    EXPECT_LE(point.smoothed, 4 * lowest);
  }
  EXPECT_GT(curve->suggestions.steepest, 1e-4 * std::pow(1e8, 20.0 / 199) * 0.999);  // not of the first tenth
  EXPECT_GT(curve->suggestions.tenth_of_lowest, 1e-3);
  EXPECT_LT(curve->suggestions.tenth_of_lowest, curve->points.back().rate / 10);
}

TEST(RateFinderTest, SeedsOrderTheExamples) {
  const RateFinderOptions options = {.lowest = 1e-3, .highest = 1, .steps = 30, .batch_size = 20};
  RateFinderOptions other = options;
  other.seed = 2;
  EXPECT_EQ(Find(options)->points.back().loss, Find(options)->points.back().loss);
  EXPECT_NE(Find(options)->points.back().loss, Find(other)->points.back().loss);
}

TEST(RateFinderTest, ARateThatExplodesAtOnceIsNamed) {
  const auto curve = Find({.lowest = 1e6, .highest = 1e9, .steps = 100, .batch_size = 20});
  EXPECT_EQ(curve.status().code(), absl::StatusCode::kAborted);
  EXPECT_THAT(curve.status().message(), testing::HasSubstr("of the range test, rate 1"));
}

TEST(RateFinderDeathTest, ImpossibleOptionsAreMistakes) {
  EXPECT_DEATH(static_cast<void>(Find({.lowest = 0})), "rates from 0 to 10");
  EXPECT_DEATH(static_cast<void>(Find({.batch_size = 500})), "batches of 500 of 400 examples");
  EXPECT_DEATH(SuggestRates({}), "two at least");
}

}  // namespace
}  // namespace dl
