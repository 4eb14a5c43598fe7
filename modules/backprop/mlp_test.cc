#include "modules/backprop/mlp.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"

namespace dl {
namespace {

TEST(MlpTest, HasTheLayersItsWidthsSay) {
  Random random(1);
  const Sequential mlp = Mlp({784, 128, 64, 10}, Elementwise::kReLU, random);
  EXPECT_EQ(ParameterCount(mlp), 784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10);
  EXPECT_EQ(MlpParameterCount({784, 128, 64, 10}), ParameterCount(mlp));
  EXPECT_EQ(MlpName({784, 128, 64, 10}), "784-128-64-10");
}

// Zero weights: all hidden units are alike, no gradient reaches the first layer, and the loss is that of guessing.
TEST(MlpTest, ZeroInitialisationBreaksNoSymmetry) {
  Random random(1);
  Sequential mlp = Mlp({2, 8, 2}, Elementwise::kTanh, random, ZeroInit);
  const Variable loss =
      CrossEntropy(mlp.Forward(Tensor::Of({2, 2}, {1, 2, 3, 4}), {}), std::vector<int32_t>{0, 1});
  EXPECT_FLOAT_EQ(loss.value().item(), std::log(2.0f));
  for (float g : Gradients(loss, Variables(mlp))[0].values()) EXPECT_EQ(g, 0.0f);
}

TEST(MlpTest, SameSeedSameNetwork) {
  Random a(7), b(7);
  Sequential first = Mlp({5, 4, 3}, Elementwise::kReLU, a), second = Mlp({5, 4, 3}, Elementwise::kReLU, b);
  const Variable x = Tensor::Full({1, 5}, 0.5f);
  EXPECT_EQ(first.Forward(x, {}).value().data()[1], second.Forward(x, {}).value().data()[1]);
}

TEST(MlpDeathTest, InputsAndOutputsAreTwo) {
  Random random(1);
  EXPECT_DEATH(Mlp({5}, Elementwise::kReLU, random), "1 widths");
}

}  // namespace
}  // namespace dl
