#include "modules/optimizers/experiments/noisy_descent.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(NoisyDescentTest, WithoutNoiseItIsGradientDescent) {
  const auto gaps = DescendInNoise(Quadratic({1}), Constant(0.5), 0, 2, Random(1));
  ASSERT_TRUE(gaps.ok());
  // x = 1/2, 1/4, then 1/8 and 1/16.
  ASSERT_EQ(gaps->of_iterates.size(), 3u);
  EXPECT_DOUBLE_EQ(gaps->of_iterates[0], 0.5 / 4);
  EXPECT_DOUBLE_EQ(gaps->of_iterates[1], 0.5 / 16);
  EXPECT_DOUBLE_EQ(gaps->of_iterates[2], 0.5 * (1.0 / 64 + 1.0 / 256) / 2);
  EXPECT_DOUBLE_EQ(gaps->of_means[2], 0.5 * std::pow((1.0 / 8 + 1.0 / 16) / 2, 2));
}

TEST(NoisyDescentTest, AConstantRateEndsOnItsFloorAndAveragingGoesBelow) {
  const Quadratic f(LogSpaced(0.5, 1, 20));
  const auto gaps = DescendInNoise(f, Constant(0.2), 3, 14, Random(1));
  ASSERT_TRUE(gaps.ok());
  EXPECT_NEAR(gaps->of_iterates.back() / NoiseFloor(f, 0.2, 3), 1, 0.05);
  EXPECT_LT(gaps->of_means.back() * 100, gaps->of_iterates.back());
}

TEST(NoisyDescentTest, WhatIsMeasuredHasTheExpectationThatIsComputed) {
  const Quadratic f({0.01, 0.3, 1});
  const Schedule rate = [](int64_t t) { return 1 / std::sqrt(static_cast<double>(t + 1)); };
  const NoisyGaps expected = ExpectedGaps(f, rate, 0.7, 5);
  constexpr int kRuns = 4000;
  std::vector<double> iterates(6), means(6);
  for (int seed = 0; seed < kRuns; ++seed) {
    const auto gaps = DescendInNoise(f, rate, 0.7, 5, Random(seed));
    for (int k = 0; k < 6; ++k) iterates[k] += gaps->of_iterates[k] / kRuns, means[k] += gaps->of_means[k] / kRuns;
  }
  for (int k = 0; k < 6; ++k) {
    EXPECT_NEAR(iterates[k] / expected.of_iterates[k], 1, 0.05) << k;
    EXPECT_NEAR(means[k] / expected.of_means[k], 1, 0.08) << k;
  }
}

TEST(NoisyDescentTest, TheExpectationEndsOnTheFloor) {
  const Quadratic f({0.2, 1});
  EXPECT_NEAR(ExpectedGaps(f, Constant(0.3), 2, 10).of_iterates.back(), NoiseFloor(f, 0.3, 2), 1e-12);
}

// At rate 1 and curvature 1 every step forgets the past: x is the noise.
TEST(NoisyDescentTest, TheFloorWhereItIsObvious) { EXPECT_DOUBLE_EQ(NoiseFloor(Quadratic({1, 1}), 1, 3), 9); }

TEST(NoisyDescentTest, NoiseIsOfTheSeed) {
  const Quadratic f({1});
  const auto gap = [&](uint64_t seed) { return DescendInNoise(f, Constant(0.1), 1, 3, Random(seed))->of_iterates[3]; };
  EXPECT_EQ(gap(1), gap(1));
  EXPECT_NE(gap(1), gap(2));
}

}  // namespace
}  // namespace dl
