#include "modules/optimizers/chain.h"

#include <cmath>
#include <vector>

#include "gtest/gtest.h"
#include "modules/optimizers/transformation.h"

namespace dl {
namespace {

// Runs `chain` in double on f = 0.1 x² + 2 y² from (-5, -2), the surface of d2l.ai's momentum chapter.
template <typename Chain>
std::array<double, 2> Descend(const Chain& chain, int steps) {
  std::array<double, 2> p = {-5, -2};
  std::array<std::vector<double>, Chain::kState> memory;
  std::array<double*, Chain::kState> state;
  for (size_t k = 0; k < memory.size(); ++k) {
    memory[k].resize(2);
    state[k] = memory[k].data();
  }
  for (int t = 0; t < steps; ++t) {
    const std::array<double, 2> g = {0.2 * p[0], 4 * p[1]};
    FusedUpdate(chain.At(t), 0, 2, g.data(), p.data(), p.data(), state);
  }
  return p;
}

// The values that d2l.ai prints after 20 steps, to its six digits.
TEST(ChainTest, GradientDescentFollowsThePublishedTraces) {
  const auto calm = Descend(Chain(ScaleByLearningRate{Constant(0.4)}), 20);
  EXPECT_NEAR(calm[0], -0.943467, 5e-7);
  EXPECT_NEAR(calm[1], -0.000073, 5e-7);
  const auto diverging = Descend(Chain(ScaleByLearningRate{Constant(0.6)}), 20);
  EXPECT_NEAR(diverging[0], -0.387814, 5e-7);
  EXPECT_NEAR(diverging[1], -1673.365109, 5e-7);
}

TEST(ChainTest, MomentumFollowsThePublishedTraces) {
  const auto half = Descend(Chain(Momentum{0.5}, ScaleByLearningRate{Constant(0.6)}), 20);
  EXPECT_NEAR(half[0], 0.007188, 5e-7);
  EXPECT_NEAR(half[1], 0.002553, 5e-7);
  const auto quarter = Descend(Chain(Momentum{0.25}, ScaleByLearningRate{Constant(0.6)}), 20);
  EXPECT_NEAR(quarter[0], -0.126340, 5e-7);
  EXPECT_NEAR(quarter[1], -0.186632, 5e-7);
}

// Both corrections make the first step η g / (|g| + ε): its length is the learning rate.
TEST(ChainTest, AdamsFirstStepHasTheLengthOfTheLearningRate) {
  const auto p = Descend(Chain(ScaleByAdam{}, ScaleByLearningRate{Constant(0.1)}), 1);
  EXPECT_NEAR(p[0], -4.9, 1e-8);
  EXPECT_NEAR(p[1], -1.9, 1e-8);
}

// The recursion of Kingma & Ba's algorithm 1 with decoupled decay, in the paper's order of operations.
TEST(ChainTest, AdamWFollowsItsFormula) {
  constexpr double lr = 0.05, b1 = 0.9, b2 = 0.999, eps = 1e-8, decay = 0.01;
  double x = -5, m = 0, v = 0;
  for (int t = 1; t <= 1000; ++t) {
    const double g = 0.2 * x;
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * g * g;
    const double mean = m / (1 - std::pow(b1, t)), square = v / (1 - std::pow(b2, t));
    x -= lr * (mean / (std::sqrt(square) + eps) + decay * x);
  }
  const auto p =
      Descend(Chain(ScaleByAdam{b1, b2, eps}, AddDecayedWeights{decay}, ScaleByLearningRate{Constant(lr)}), 1000);
  EXPECT_NEAR(p[0], x, 1e-12);
}

TEST(ChainTest, NesterovLooksAhead) {
  // v1 = g, update g + μ g on the first step.
  const auto p = Descend(Chain(Momentum{0.9, true}, ScaleByLearningRate{Constant(0.1)}), 1);
  EXPECT_DOUBLE_EQ(p[0], -5 - 0.1 * 1.9 * (0.2 * -5));
}

TEST(ChainTest, ScheduleSeesTheStep) {
  const Schedule second_only = [](int64_t step) { return step == 1 ? 1.0 : 0.0; };
  const auto p = Descend(Chain(ScaleByLearningRate{second_only}), 3);
  EXPECT_DOUBLE_EQ(p[0], -5 + 0.2 * 5);
}

}  // namespace
}  // namespace dl
