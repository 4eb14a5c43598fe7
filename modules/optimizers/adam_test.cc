#include "modules/optimizers/adam.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "modules/optimizers/testing.h"
#include "modules/optimizers/transformation.h"

namespace dl {
namespace {

using testing::Descend;
using testing::ExpectFollows;
using Real = long double;

constexpr Real kRate = 0.01, kB1 = 0.9, kB2 = 0.999, kEpsilon = 1e-8;
const ScaleByLearningRate kDown{Constant(0.01)};

// The means of u and u², as every rule here keeps them in s[0] and s[1].
void Average(Real g, std::array<Real, 4>& s) {
  s[0] = kB1 * s[0] + (1 - kB1) * g;
  s[1] = kB2 * s[1] + (1 - kB2) * g * g;
}

TEST(AdamTest, AdamFollowsItsFormula) {
  ExpectFollows(Chain(ScaleByAdam{}, kDown), [](int t, Real g, Real, auto& s) {
    Average(g, s);
    const Real mean = s[0] / (1 - std::pow(kB1, t)), square = s[1] / (1 - std::pow(kB2, t));
    return -kRate * mean / (std::sqrt(square) + kEpsilon);
  });
}

TEST(AdamTest, AdamWFollowsItsFormula) {
  ExpectFollows(Chain(ScaleByAdam{}, AddDecayedWeights{0.1}, kDown), [](int t, Real g, Real p, auto& s) {
    Average(g, s);
    const Real mean = s[0] / (1 - std::pow(kB1, t)), square = s[1] / (1 - std::pow(kB2, t));
    return -kRate * (mean / (std::sqrt(square) + kEpsilon) + (Real)0.1 * p);
  });
}

TEST(AdamTest, AmsGradFollowsItsFormula) {
  ExpectFollows(Chain(ScaleByAmsGrad{}, kDown), [](int t, Real g, Real, auto& s) {
    Average(g, s);
    s[2] = std::max(s[2], s[1]);
    return -kRate * s[0] / (1 - std::pow(kB1, t)) / (std::sqrt(s[2] / (1 - std::pow(kB2, t))) + kEpsilon);
  });
}

TEST(AdamTest, AdamaxFollowsItsFormula) {
  ExpectFollows(Chain(ScaleByAdamax{}, kDown), [](int t, Real g, Real, auto& s) {
    s[0] = kB1 * s[0] + (1 - kB1) * g;
    s[1] = std::max(kB2 * s[1], std::abs(g) + kEpsilon);
    return -kRate / (1 - std::pow(kB1, t)) * s[0] / s[1];
  });
}

TEST(AdamTest, NAdamFollowsItsFormula) {
  ExpectFollows(Chain(ScaleByNAdam{}, kDown), [](int t, Real g, Real, auto& s) {
    const auto mu = [](int u) { return kB1 * (1 - std::pow((Real)0.96, u * (Real)0.004) / 2); };
    Average(g, s);
    s[2] = t == 1 ? mu(1) : s[2] * mu(t);
    const Real ahead = (1 - mu(t)) / (1 - s[2]) * g + mu(t + 1) / (1 - s[2] * mu(t + 1)) * s[0];
    return -kRate * ahead / (std::sqrt(s[1] / (1 - std::pow(kB2, t))) + kEpsilon);
  });
}

TEST(AdamTest, NAdamsProductDoesNotDependOnTheOrderOfQuestions) {
  const ScaleByNAdam link;
  const double fifth = link.ProductOfFirst(5);
  link.ProductOfFirst(9);
  EXPECT_EQ(link.ProductOfFirst(5), fifth);
}

// Both corrections make the first step η g / (|g| + ε): its length is the learning rate. Without them it is longer by
// (1 - β₁) / √(1 - β₂) = √10.
TEST(AdamTest, FirstStepHasTheLengthOfTheLearningRateIfCorrected) {
  const auto first = [](const ScaleByAdam& adam) {
    return -Descend(Chain(adam, kDown), 1, {0}, [](const auto&) { return std::vector<double>{3}; })[0];
  };
  EXPECT_NEAR(first({}), 0.01, 1e-10);
  EXPECT_NEAR(first({.corrected = false}), 0.01 * std::sqrt(10), 1e-8);
}

}  // namespace
}  // namespace dl
