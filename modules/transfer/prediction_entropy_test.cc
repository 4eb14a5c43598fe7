#include "modules/transfer/prediction_entropy.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/gradient_check.h"
#include "modules/backprop/gradients.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

TEST(PredictionEntropyTest, OfKnownProbabilities) {
  const auto log = [](double p) { return static_cast<float>(std::log(p)); };
  EXPECT_NEAR(PredictionEntropy(Tensor::Zeros({2, 8})).value().item(), std::log(8), 1e-6);
  const Tensor logits = Tensor::Of({2, 3}, {log(0.5), log(0.25), log(0.25), log(0.9), log(0.05), log(0.05)});
  const double first = 1.5 * std::log(2), second = -0.9 * std::log(0.9) - 0.1 * std::log(0.05);
  EXPECT_NEAR(PredictionEntropy(logits).value().item(), (first + second) / 2, 1e-6);
}

// Probabilities that underflow leave neither the value nor the gradient undefined.
TEST(PredictionEntropyTest, CertaintyIsZero) {
  const Variable logits = Tensor::Of({1, 3}, {1000, 0, -1000});
  const Variable entropy = PredictionEntropy(logits);
  EXPECT_EQ(entropy.value().item(), 0);
  for (const float slope : Gradients(entropy, {logits})[0].values()) EXPECT_EQ(slope, 0);
}

TEST(PredictionEntropyTest, GradientsAreSlopes) {
  const Variable logits = testing::RandomF64Tensor({4, 5}, 1);
  const GradientCheck check = CheckGradients([&] { return PredictionEntropy(logits); }, {logits});
  EXPECT_TRUE(check.Passes(1e-8)) << check.ToString();
}

}  // namespace
}  // namespace dl
