#include "datasets/exact_random.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

struct Moments {
  double mean, variance, lowest, highest;
};

template <typename Draw>
Moments MomentsOf(Draw draw) {
  constexpr int kDraws = 100000;
  Random random(1);
  Moments m{0, 0, 1e9, -1e9};
  for (int i = 0; i < kDraws; ++i) {
    const double x = draw(&random);
    m.mean += x / kDraws;
    m.variance += x * x / kDraws;
    m.lowest = std::min(m.lowest, x);
    m.highest = std::max(m.highest, x);
  }
  m.variance -= m.mean * m.mean;
  return m;
}

TEST(ExactRandomTest, BellIsStandardised) {
  const Moments m = MomentsOf(Bell);
  EXPECT_NEAR(m.mean, 0, 0.01);
  EXPECT_NEAR(m.variance, 1, 0.02);
  EXPECT_GT(m.highest, 2.5);
}

TEST(ExactRandomTest, EvenFillsMinusOneToOne) {
  const Moments m = MomentsOf(Even);
  EXPECT_NEAR(m.mean, 0, 0.01);
  EXPECT_NEAR(m.variance, 1.0 / 3, 0.01);
  EXPECT_GE(m.lowest, -1);
  EXPECT_LT(m.highest, 1);
}

TEST(ExactRandomTest, GrainHasItsDeviation) {
  const Moments m = MomentsOf(Grain);
  EXPECT_NEAR(m.mean, 0, 2);
  EXPECT_NEAR(m.variance, kGrainDeviation * kGrainDeviation, 0.02 * kGrainDeviation * kGrainDeviation);
}

}  // namespace
}  // namespace dl
