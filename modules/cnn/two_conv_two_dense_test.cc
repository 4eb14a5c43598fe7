#include "modules/cnn/two_conv_two_dense.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(TwoConvTwoDenseTest, HasTheParametersOfTheArchitecture) {
  Random random(1);
  Sequential net = TwoConvTwoDense(random);
  EXPECT_EQ(ParameterCount(net), (25 + 1) * 32 + (32 * 25 + 1) * 64 + (7 * 7 * 64 + 1) * 1024 + (1024 + 1) * 10);
  EXPECT_EQ(net.Forward(Tensor::Zeros({2, 1, 28, 28}), {}).shape(), (Shape{2, 10}));
}

TEST(TwoConvTwoDenseTest, TakesOtherImages) {
  Random random(1);
  Sequential net = TwoConvTwoDense(random, {.channels = 3, .size = 30, .first = 2, .second = 3, .hidden = 8});
  EXPECT_EQ(net.Forward(Tensor::Zeros({2, 3, 30, 30}), {}).shape(), (Shape{2, 10}));
  EXPECT_DEATH(TwoConvTwoDense(random, {.size = 3}), "side 3; it must be at least 4");
}

TEST(TwoConvTwoDenseTest, StartsAsDeepObsDoes) {
  Random random(1);
  const Sequential net = TwoConvTwoDense(random);
  for (const Variable& bias : Biases(net)) {
    for (float value : bias.value().values()) ASSERT_EQ(value, 0.05f);
  }
  for (const Variable& weight : Weights(net)) {
    float largest = 0;
    for (float value : weight.value().values()) largest = std::max(largest, std::abs(value));
    EXPECT_LE(largest, 0.1f);
    EXPECT_GT(largest, 0.09f);
  }
}

}  // namespace
}  // namespace dl
