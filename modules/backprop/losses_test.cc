#include "modules/backprop/losses.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/primitives/loss.h"

namespace dl {
namespace {

const std::vector<int32_t> kLabels = {1, 0};

TEST(LossesTest, GradientsAreThePrimitives) {
  const Variable x = Tensor::Of({2, 2}, {1, -2, 3, 0.5f});
  const Tensor target = Tensor::Of({2, 2}, {0, 1, 1, 0});
  const auto expect = [&](const Variable& loss, const Loss& expected) {
    EXPECT_EQ(loss.value().item(), static_cast<float>(expected.value));
    const Tensor gradient = Gradients(loss, {x})[0];
    for (int i = 0; i < 4; ++i) EXPECT_EQ(gradient.data()[i], expected.gradient.data()[i]);
  };
  expect(MeanSquaredError(x, target), MeanSquaredError(x.value(), target));
  expect(CrossEntropy(x, kLabels), CrossEntropy(x.value(), kLabels));
  expect(SmoothedCrossEntropy(x, kLabels, 0.3f), CrossEntropy(x.value(), kLabels, 0.3f));
  expect(BinaryCrossEntropyWithLogits(x, target), BinaryCrossEntropyWithLogits(x.value(), target));
  const Tensor signs = Tensor::Of({2, 2}, {-1, 1, 1, -1});
  expect(HingeLoss(x, signs), HingeLoss(x.value(), signs));
  expect(HuberLoss(x, target, 0.75f), HuberLoss(x.value(), target, 0.75f));
}

// For each logit z with output a and target t the slope is a - t of the cross-entropy, (a - t) a (1 - a) of the squared
// error, both divided by the number of rows.
TEST(LossesTest, SigmoidOutputsAreSummedAndRowsAveraged) {
  const Variable z = Tensor::Of({2, 3}, {1, -2, 3, 0.5f, 0, -1});
  const std::vector<int32_t> labels = {2, 0};
  const Variable cross_entropy = SigmoidCrossEntropy(z, labels), squared_error = SigmoidSquaredError(z, labels);
  const Tensor dz = Gradients(cross_entropy, {z})[0], dz_squared = Gradients(squared_error, {z})[0];
  double expected = 0, expected_squared = 0;
  for (int i = 0; i < 6; ++i) {
    const double a = 1 / (1 + std::exp(-z.value().data()[i])), t = i == 2 || i == 3 ? 1 : 0;
    expected -= (t == 1 ? std::log(a) : std::log(1 - a)) / 2;
    expected_squared += (a - t) * (a - t) / 2 / 2;
    EXPECT_NEAR(dz.data()[i], (a - t) / 2, 1e-6);
    EXPECT_NEAR(dz_squared.data()[i], (a - t) * a * (1 - a) / 2, 1e-6);
  }
  EXPECT_NEAR(cross_entropy.value().item(), expected, 1e-6);
  EXPECT_NEAR(squared_error.value().item(), expected_squared, 1e-6);
}

TEST(LossesTest, L2PenaltyPullsEveryWeightToZero) {
  const std::vector<Variable> weights = {Tensor::Of({2, 2}, {1, -2, 3, 0}), Tensor::Of({1, 2}, {-1, 1})};
  const Variable penalty = L2Penalty(weights, 0.5f);
  EXPECT_FLOAT_EQ(penalty.value().item(), 0.25f * 16);
  const std::vector<Tensor> gradients = Gradients(penalty, weights);
  for (size_t k = 0; k < weights.size(); ++k) {
    for (int64_t i = 0; i < weights[k].value().size(); ++i) {
      EXPECT_FLOAT_EQ(gradients[k].data()[i], 0.5f * weights[k].value().data()[i]);
    }
  }
}

TEST(LossesDeathTest, ALabelWithoutAnOutput) {
  EXPECT_DEATH(SigmoidCrossEntropy(Tensor::Zeros({1, 3}), std::vector<int32_t>{3}), "label 3 of row 0");
  EXPECT_DEATH(SigmoidSquaredError(Tensor::Zeros({1, 3}), std::vector<int32_t>{1, 2}),
               "\\[1, 3\\], there are 2 labels");
}

TEST(LossesTest, AWeightedLossHasAWeightedGradient) {
  const Variable x = Tensor::Of({2, 2}, {1, -2, 3, 0.5f});
  const Tensor once = Gradients(CrossEntropy(x, kLabels), {x})[0];
  const Tensor thrice = Gradients(CrossEntropy(x, kLabels) * Variable(Tensor::Scalar(3)), {x})[0];
  for (int i = 0; i < 4; ++i) EXPECT_FLOAT_EQ(thrice.data()[i], 3 * once.data()[i]);
}

}  // namespace
}  // namespace dl
