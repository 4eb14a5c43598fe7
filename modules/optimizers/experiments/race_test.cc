#include "modules/optimizers/experiments/race.h"

#include <cmath>
#include <string>

#include "gtest/gtest.h"
#include "modules/optimizers/optimizer_by_name.h"

namespace dl {
namespace {

std::unique_ptr<Optimizer> GradientDescent(std::vector<Variable> parameters, Schedule rate) {
  return Sgd(std::move(parameters), {.rate = std::move(rate)});
}

RatedWalk BestOfSgd(const Surface& surface, int64_t steps, double tolerance, const std::vector<double>& rates) {
  return Race{.steps = steps, .tolerance = tolerance}.Best(surface, GradientDescent, rates).value();
}

TEST(RaceTest, TheBestRateIsTheOneOfTheFewestSteps) {
  const Surface valley = Valley(10);
  const std::vector<double> rates = {0.01, 0.1, 0.18, 0.17, 0.19, 0.3};  // 2 / 11 is the theory's
  int64_t fewest = 1000;
  double at = 0;
  for (double rate : rates) {
    const RatedWalk alone = BestOfSgd(valley, 200, 1e-4, {rate});
    if (alone.steps && *alone.steps < fewest) fewest = *alone.steps, at = rate;
  }
  const RatedWalk best = BestOfSgd(valley, 200, 1e-4, rates);
  EXPECT_EQ(best.rate, at);
  EXPECT_EQ(best.steps, fewest);
  EXPECT_EQ(best.walk.steps(), 200);
  EXPECT_NEAR(best.rate, 2.0 / 11, 0.02);
}

TEST(RaceTest, TheToleranceCountsFromTheMinimum) {
  const RatedWalk best = BestOfSgd(ParseSurfaces({"branin"}).value()[0], 500, 1e-4, {0.03});
  ASSERT_TRUE(best.steps.has_value());
  EXPECT_NEAR(best.walk.values[*best.steps], 0.397887, 1.1e-4);
  EXPECT_GT(best.walk.values[*best.steps - 1], 0.397887 + 1e-4);
}

TEST(RaceTest, WithoutAnArrivalTheLowestEndAndWithoutThatTheLastToDiverge) {
  const RatedWalk lowest = BestOfSgd(Valley(1), 5, 1e-12, {3, 0.1, 0.5, 0.3});
  EXPECT_EQ(lowest.rate, 0.5);
  EXPECT_EQ(lowest.steps, std::nullopt);
  const RatedWalk diverged = BestOfSgd(Valley(1), 500, 1e-12, {30, 3, 300});
  EXPECT_TRUE(diverged.walk.diverged);
  EXPECT_EQ(diverged.rate, 3);
}

TEST(RaceTest, OfEqualStepsTheOneThatSettlesLower) { EXPECT_EQ(BestOfSgd(Valley(1), 5, 1, {0.8, 1, 0.9}).rate, 1); }

TEST(RaceTest, EveryOptimizerComesDownTheBowl) {
  const Race race = {.rates_per_decade = 2, .steps = 1000, .tolerance = 1e-2};
  for (const std::string& name : OptimizerNames()) {
    EXPECT_TRUE(race.Best(Valley(1), ParseOptimizer(name).value().make, race.Rates())->steps.has_value()) << name;
  }
}

TEST(RaceTest, TheRatesAreALadderOfEqualRungs) {
  const std::vector<double> rates = Race{.rates_per_decade = 3}.Rates();
  ASSERT_EQ(rates.size(), 28u);
  EXPECT_DOUBLE_EQ(rates.front(), 1e-5);
  EXPECT_DOUBLE_EQ(rates[10], 0.022);
  EXPECT_DOUBLE_EQ(rates[11], 0.046);
  EXPECT_DOUBLE_EQ(rates[12], 0.1);
  EXPECT_DOUBLE_EQ(rates[15], 1);
  EXPECT_DOUBLE_EQ(rates.back(), 1e4);
}

TEST(RaceTest, ImpossibleRulesAreRefused) {
  EXPECT_EQ(Race{.steps = 0}.CheckFlags().message(), "flag --steps wants a number of 1 to 1000000, not 0");
  EXPECT_EQ(Race{.tolerance = 0}.CheckFlags().message(), "flag --tolerance wants a positive number, not 0");
  EXPECT_EQ(Race{.rates_per_decade = 0}.CheckFlags().message(),
            "flag --rates_per_decade wants a number of 1 to 24, not 0");
  EXPECT_TRUE(Race{}.CheckFlags().ok());
}

}  // namespace
}  // namespace dl
