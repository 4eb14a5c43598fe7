#include "modules/optimizers/experiments/tuned_steps.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

absl::StatusOr<TunedSteps> Fewest(const TuningOptions& options) {
  const Quadratic f({1});
  return FewestSteps(f, f.At({1}), *ParseOptimizer("sgd"), options);
}

TEST(TunedStepsTest, TheBestRateWins) {
  // Rate 1.5 halves the distance at each step, as 0.5 does, which comes first; 3 doubles it.
  const auto best = Fewest({.rates = {0.1, 0.5, 1.5, 3}, .tolerance = 0.01, .most_steps = 1000});
  EXPECT_EQ(best->steps, 7);  // 2^-7 is the first below 0.01
  EXPECT_EQ(best->rate, 0.5);
  EXPECT_FALSE(best->diverged_at.has_value());
  for (double first_try : {0.001, 0.4, 1.4, 100.0}) {
    const auto same = Fewest({.rates = {0.1, 0.5, 1.5, 3}, .tolerance = 0.01, .most_steps = 1000, .first_try = first_try});
    EXPECT_EQ(same->steps, 7) << first_try;
    EXPECT_EQ(same->rate, 0.5) << first_try;
  }
}

TEST(TunedStepsTest, NoneArrivesInTime) {
  const auto none = Fewest({.rates = {0.1, 0.5}, .tolerance = 0.01, .most_steps = 6});
  EXPECT_FALSE(none->steps.has_value());
  EXPECT_FALSE(none->diverged_at.has_value());
}

TEST(TunedStepsTest, AllDiverge) {
  const auto none = Fewest({.rates = {12, 101}, .tolerance = 0.01, .most_steps = 100});
  EXPECT_FALSE(none->steps.has_value());
  EXPECT_EQ(none->diverged_at, 9);
}

}  // namespace
}  // namespace dl
