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
