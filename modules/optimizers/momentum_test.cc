#include "modules/optimizers/momentum.h"

#include "gtest/gtest.h"
#include "modules/optimizers/testing.h"
#include "modules/optimizers/transformation.h"

namespace dl {
namespace {

using testing::ExpectFollows;

TEST(MomentumTest, HeavyBallFollowsItsFormula) {
  ExpectFollows(Chain(Momentum{0.95}, ScaleByLearningRate{Constant(0.01)}), [](int, auto g, auto, auto& s) {
    s[0] = (long double)0.95 * s[0] + g;
    return -(long double)0.01 * s[0];
  });
}

// Sutskever's form looks at the gradient at p + μ v; with w = p + μ v as the parameter it is ours. v₁ = μ v₀ - η g.
TEST(MomentumTest, NesterovFollowsSutskeversForm) {
  ExpectFollows(Chain(Momentum{0.95, true}, ScaleByLearningRate{Constant(0.01)}), [](int, auto g, auto w, auto& s) {
    const long double mu = 0.95, eta = 0.01, p = w - mu * s[0];
    s[0] = mu * s[0] - eta * g;
    return p + s[0] + mu * s[0] - w;
  });
}

TEST(MomentumTest, LionFollowsItsFormula) {
  ExpectFollows(Chain(ScaleByLion{0.9, 0.99}, ScaleByLearningRate{Constant(0.001)}), [](int, auto g, auto, auto& s) {
    const long double c = (long double)0.9 * s[0] + (1 - (long double)0.9) * g;
    s[0] = (long double)0.99 * s[0] + (1 - (long double)0.99) * g;
    return -(long double)0.001 * (c > 0 ? 1 : c < 0 ? -1 : 0);
  });
}

TEST(MomentumTest, LionRestsWhereNothingEverMoved) {
  double m = 0;
  EXPECT_EQ(ScaleByLion{}.At(0)(0.0, 1.0, m), 0.0);
}

}  // namespace
}  // namespace dl
