#include "modules/optimizers/experiments/descent.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/optimizers/optimizer_by_name.h"

namespace dl {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::unique_ptr<Optimizer> GradientDescent(std::vector<Variable> parameters, Schedule rate) {
  return Sgd(std::move(parameters), {.rate = std::move(rate)});
}

MakePointOptimizer AtRate(double rate) {
  return [rate](std::vector<Variable> parameters) { return GradientDescent(std::move(parameters), Constant(rate)); };
}

TEST(DescentTest, GradientDescentOnABowlShrinksEveryStepAlike) {
  const Walk walk = WalkDown(Valley(1), AtRate(0.25), {.start = {-4, 2}, .steps = 10});
  ASSERT_EQ(walk.steps(), 10);
  EXPECT_FALSE(walk.diverged);
  for (int64_t t = 0; t <= 10; ++t) {
    EXPECT_DOUBLE_EQ(walk.points[t].x, -4 * std::pow(0.75, t));
    EXPECT_DOUBLE_EQ(walk.points[t].y, 2 * std::pow(0.75, t));
    EXPECT_DOUBLE_EQ(walk.values[t], 10 * std::pow(0.75, 2 * t));
  }
  EXPECT_EQ(walk.StepsTo(10), 0);
  EXPECT_EQ(walk.StepsTo(10 * std::pow(0.75, 6)), 3);
  EXPECT_EQ(walk.StepsTo(1e-9), std::nullopt);
}

TEST(DescentTest, InFloatThePointIsRounded) {
  const Walk walk = WalkDown(Valley(1), AtRate(0.1), {.start = {0.1, 0}, .steps = 1, .dtype = DType::kF32});
  EXPECT_EQ(walk.points[0].x, static_cast<double>(0.1f));
  EXPECT_NE(walk.points[1].x, 0.1 - 0.1 * 0.1);
  EXPECT_NEAR(walk.points[1].x, 0.09, 1e-8);
}

TEST(DescentTest, AWalkThatDivergesEndsThere) {
  const Walk walk = WalkDown(Valley(1), AtRate(11), {.start = {-1, 0}, .steps = 100});  // times -10 a step
  EXPECT_TRUE(walk.diverged);
  EXPECT_EQ(walk.steps(), 7);
  EXPECT_EQ(walk.StepsTo(kInfinity), std::nullopt);
}

TEST(DescentTest, StepsCountUntilItStaysBelow) {
  Walk walk;
  walk.values = {5, 1, 3, 1, 0};
  EXPECT_EQ(walk.SettledValue(), 0);
  EXPECT_EQ(walk.StepsTo(2), 3);
  EXPECT_EQ(walk.StepsTo(5), 0);
  EXPECT_EQ(walk.StepsTo(0), 4);
  walk.values.push_back(4);
  EXPECT_EQ(walk.StepsTo(2), std::nullopt);
  walk.values.back() = std::nan("");
  EXPECT_EQ(walk.StepsTo(9), std::nullopt);
  walk.values.assign(19, 7);
  walk.values.insert(walk.values.end(), {3, 2, 0});  // a walk of 21 steps, of which the last three points count
  EXPECT_EQ(walk.SettledValue(), 3);
  EXPECT_EQ(walk.StepsTo(3), 19);
  EXPECT_EQ(walk.StepsTo(2), std::nullopt);  // arrived, but may leave again
  walk.diverged = true;
  EXPECT_EQ(walk.StepsTo(kInfinity), std::nullopt);
}

TEST(DescentTest, AWalkPastItsDeadlineAboveTheLevelIsCut) {
  const WalkOptions race = {.start = {-4, 0}, .steps = 50, .level = 1e-3, .deadline = 5};
  EXPECT_EQ(WalkDown(Valley(1), AtRate(0.25), race).steps(), 5);
  EXPECT_EQ(WalkDown(Valley(1), AtRate(0.9), race).steps(), 50);  // below the level after two
}

TEST(DescentTest, TheBestRateIsTheOneOfTheFewestSteps) {
  const Surface valley = Valley(10);
  const WalkOptions options = {.start = valley.start, .steps = 200, .level = 1e-4};
  const std::vector<double> rates = {0.01, 0.1, 0.18, 0.1818, 0.19, 0.3};  // 2 / 11 is the theory's
  const RatedWalk best = BestWalk(valley, GradientDescent, rates, options);
  int64_t fewest = 1000;
  double at = 0;
  for (double rate : rates) {
    const auto steps = WalkDown(valley, AtRate(rate), options).StepsTo(1e-4);
    if (steps && *steps < fewest) fewest = *steps, at = rate;
  }
  EXPECT_EQ(best.rate, at);
  EXPECT_EQ(best.steps, fewest);
  EXPECT_EQ(best.walk.steps(), 200);
  EXPECT_NEAR(best.rate, 2.0 / 11, 0.01);
}

TEST(DescentTest, WithoutAnArrivalTheLowestEndAndWithoutThatTheLastToDiverge) {
  const WalkOptions options = {.start = {-4, 0}, .steps = 5, .level = 1e-12};
  const RatedWalk lowest = BestWalk(Valley(1), GradientDescent, {3, 0.1, 0.5, 0.3}, options);
  EXPECT_EQ(lowest.rate, 0.5);
  EXPECT_EQ(lowest.steps, std::nullopt);
  const WalkOptions longer = {.start = {-4, 0}, .steps = 500, .level = 1e-12};
  const RatedWalk diverged = BestWalk(Valley(1), GradientDescent, {30, 3, 300}, longer);
  EXPECT_TRUE(diverged.walk.diverged);
  EXPECT_EQ(diverged.rate, 3);
}

TEST(DescentTest, EveryOptimizerComesDownTheBowl) {
  const Surface bowl = Valley(1);
  const WalkOptions options = {.start = bowl.start, .steps = 1000, .level = 1e-2};
  for (const std::string& name : OptimizerNames()) {
    const NamedOptimizer optimizer = ParseOptimizer(name).value();
    EXPECT_TRUE(BestWalk(bowl, optimizer.make, RateLadder(2), options).steps.has_value()) << name;
  }
}

TEST(DescentTest, LaddersHaveEqualRungs) {
  const std::vector<double> rates = RateLadder(3);
  ASSERT_EQ(rates.size(), 28u);
  EXPECT_DOUBLE_EQ(rates.front(), 1e-5);
  EXPECT_DOUBLE_EQ(rates[10], 0.022);
  EXPECT_DOUBLE_EQ(rates[11], 0.046);
  EXPECT_DOUBLE_EQ(rates[12], 0.1);
  EXPECT_DOUBLE_EQ(rates[15], 1);
  EXPECT_DOUBLE_EQ(rates.back(), 1e4);
}

}  // namespace
}  // namespace dl
