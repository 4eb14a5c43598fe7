#include "modules/cnn/dropout.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

std::vector<float> Train(Layer& layer, const Variable& x, uint64_t seed) {
  Random random(seed);
  const Tensor y = ToPlain(layer.Forward(x, {.training = true, .random = &random}).value());
  return {y.values().begin(), y.values().end()};
}

TEST(DropoutTest, OneSeedOneMaskAndEveryPassItsOwn) {
  Dropout layer(0.5f);
  const Variable x = Tensor::Full({50, 20}, 1);
  EXPECT_EQ(Train(layer, x, 1), Train(layer, x, 1));
  EXPECT_NE(Train(layer, x, 1), Train(layer, x, 2));
  Random random(1);
  const Pass pass = {.training = true, .random = &random};
  const Variable first = layer.Forward(x, pass), second = layer.Forward(x, pass);
  EXPECT_FALSE(std::equal(first.value().values().begin(), first.value().values().end(), second.value().data()));
}

TEST(DropoutTest, EvaluationIsTheIdentity) {
  const Variable x = Tensor::Full({5, 4, 2, 2}, 3);
  EXPECT_EQ(Dropout(0.5f).Forward(x, {}).id(), x.id());
  EXPECT_EQ(Dropout2d(0.5f).Forward(x, {}).id(), x.id());
}

TEST(DropoutTest, TheGradientPassesWhereTheElementDid) {
  const Variable x = Tensor::Full({40, 30}, 1);
  const Variable y = DropElements(x, 0.25f, 7);
  const Tensor dx = Gradients(Sum(y), {x})[0];
  EXPECT_TRUE(std::equal(dx.values().begin(), dx.values().end(), y.value().data()));  // y is the mask, for x is 1
}

TEST(DropoutTest, MapsAreDroppedWhole) {
  Dropout2d layer(0.5f);
  const std::vector<float> y = Train(layer, Tensor::Full({30, 20, 3, 2}, 1), 1);
  int dropped = 0;
  for (size_t map = 0; map < y.size(); map += 6) {
    ASSERT_TRUE(y[map] == 0 || y[map] == 2);
    ASSERT_TRUE(std::all_of(&y[map], &y[map] + 6, [&](float value) { return value == y[map]; }));
    dropped += y[map] == 0;
  }
  EXPECT_NEAR(dropped, 300, 4 * 12.3);  // of 600, each with a deviation of 1/2
}

TEST(DropoutDeathTest, TrainingNeedsChance) {
  EXPECT_DEATH(Dropout(0.5f).Forward(Tensor::Zeros({2}), {.training = true}), "needs Pass::random");
  EXPECT_DEATH(Dropout2d(1.5f), "the rate is 1.5; it must be in");
  EXPECT_DEATH(DropMaps(Tensor::Zeros({2}), 0.5f, 1), "x is \\[2\\], it must be \\[N, C, ...\\]");
}

}  // namespace
}  // namespace dl
