#include "modules/optimizers/adaptive.h"

#include "gtest/gtest.h"
#include "modules/optimizers/testing.h"
#include "modules/optimizers/transformation.h"

namespace dl {
namespace {

using testing::ExpectFollows;
using Real = long double;

TEST(AdaptiveTest, AdaGradFollowsItsFormula) {
  ExpectFollows(Chain(ScaleByAdaGrad{1e-8}, ScaleByLearningRate{Constant(0.1)}), [](int, Real g, Real, auto& s) {
    s[0] += g * g;
    return -(Real)0.1 * g / (std::sqrt(s[0]) + (Real)1e-8);
  });
}

TEST(AdaptiveTest, RmsPropFollowsItsFormula) {
  ExpectFollows(Chain(ScaleByRms{0.95, 1e-6}, ScaleByLearningRate{Constant(0.01)}), [](int, Real g, Real, auto& s) {
    s[0] = (Real)0.95 * s[0] + (1 - (Real)0.95) * g * g;
    return -(Real)0.01 * g / (std::sqrt(s[0]) + (Real)1e-6);
  });
}

TEST(AdaptiveTest, CentredRmsPropFollowsItsFormula) {
  ExpectFollows(Chain(ScaleByDeviation{0.95, 1e-6}, ScaleByLearningRate{Constant(0.01)}),
                [](int, Real g, Real, auto& s) {
                  s[0] = (Real)0.95 * s[0] + (1 - (Real)0.95) * g * g;
                  s[1] = (Real)0.95 * s[1] + (1 - (Real)0.95) * g;
                  return -(Real)0.01 * g / (std::sqrt(s[0] - s[1] * s[1]) + (Real)1e-6);
                });
}

// Of a constant gradient the variance goes to 0, and below it by rounding.
TEST(AdaptiveTest, AVarianceThatRoundsBelowZeroCountsAsZero) {
  const auto link = ScaleByDeviation{0.9, 1e-3}.At(0);
  float s = 1, m = 1.0001f;
  const float update = link(1.0f, 0.0f, s, m);
  EXPECT_FLOAT_EQ(update, 1000.0f);
}

TEST(AdaptiveTest, AdadeltaFollowsItsFormula) {
  ExpectFollows(Chain(ScaleByAdadelta{0.9, 1e-6}, ScaleByLearningRate{Constant(1)}), [](int, Real g, Real, auto& s) {
    s[0] = (Real)0.9 * s[0] + (1 - (Real)0.9) * g * g;
    const Real update = g * std::sqrt((s[1] + (Real)1e-6) / (s[0] + (Real)1e-6));
    s[1] = (Real)0.9 * s[1] + (1 - (Real)0.9) * update * update;
    return -update;
  });
}

}  // namespace
}  // namespace dl
