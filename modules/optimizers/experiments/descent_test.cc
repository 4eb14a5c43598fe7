#include "modules/optimizers/experiments/descent.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

MakePointOptimizer AtRate(double rate) {
  return [rate](std::vector<Variable> parameters) { return Sgd(std::move(parameters), {.rate = Constant(rate)}); };
}

Walk Descend(const Surface& surface, double rate, const WalkOptions& options) {
  return WalkDown(surface, AtRate(rate), options).value();
}

TEST(DescentTest, GradientDescentOnABowlShrinksEveryStepAlike) {
  const Walk walk = Descend(Valley(1), 0.25, {.start = {-4, 2}, .steps = 10});
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
  const Walk walk = Descend(Valley(1), 0.1, {.start = {0.1, 0}, .steps = 1, .dtype = DType::kF32});
  EXPECT_EQ(walk.points[0].x, static_cast<double>(0.1f));
  EXPECT_NE(walk.points[1].x, 0.1 - 0.1 * 0.1);
  EXPECT_NEAR(walk.points[1].x, 0.09, 1e-8);
}

TEST(DescentTest, AWalkThatDivergesEndsThere) {
  const Walk walk = Descend(Valley(1), 11, {.start = {-1, 0}, .steps = 100});  // times -10 a step
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
  EXPECT_EQ(Descend(Valley(1), 0.25, race).steps(), 5);
  EXPECT_EQ(Descend(Valley(1), 0.9, race).steps(), 50);  // below the level after two
}

}  // namespace
}  // namespace dl
