#include "modules/backprop/losses.h"

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
  expect(BinaryCrossEntropyWithLogits(x, target), BinaryCrossEntropyWithLogits(x.value(), target));
}

TEST(LossesTest, AWeightedLossHasAWeightedGradient) {
  const Variable x = Tensor::Of({2, 2}, {1, -2, 3, 0.5f});
  const Tensor once = Gradients(CrossEntropy(x, kLabels), {x})[0];
  const Tensor thrice = Gradients(CrossEntropy(x, kLabels) * Variable(Tensor::Scalar(3)), {x})[0];
  for (int i = 0; i < 4; ++i) EXPECT_FLOAT_EQ(thrice.data()[i], 3 * once.data()[i]);
}

}  // namespace
}  // namespace dl
