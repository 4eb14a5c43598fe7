#include "modules/backprop/linear.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(LinearTest, MultipliesByItsWeightAndAddsItsBias) {
  Random random(1);
  Linear linear(3, 2, random, ZeroInit);
  std::vector<Parameter> parameters = linear.Parameters();
  ASSERT_EQ(parameters.size(), 2u);
  EXPECT_EQ(parameters[0].name, "weight");
  EXPECT_EQ(parameters[1].name, "bias");
  parameters[0].variable.mutable_value() = Tensor::Of({2, 3}, {1, 2, 3, 4, 5, 6});
  parameters[1].variable.mutable_value() = Tensor::Of({2}, {10, 20});
  const Variable y = linear.Forward(Tensor::Of({1, 3}, {1, 0, -1}), {});
  EXPECT_EQ(y.shape(), (Shape{1, 2}));
  EXPECT_EQ(y.value().data()[0], 10 - 2);
  EXPECT_EQ(y.value().data()[1], 20 - 2);
}

TEST(LinearTest, StartsWithTheInitializersWeightsAndABiasOfZeros) {
  Random random(1), same(1);
  const Linear linear(5, 4, random, XavierUniform);
  const Tensor expected = XavierUniform({4, 5}, same);
  const std::vector<Parameter> parameters = linear.Parameters();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(parameters[0].variable.value().data()[i], expected.data()[i]);
  for (float b : parameters[1].variable.value().values()) EXPECT_EQ(b, 0.0f);
}

TEST(LinearTest, MayHaveNoBias) {
  Random random(1);
  Linear linear(3, 2, random, ZeroInit, /*bias=*/false);
  ASSERT_EQ(linear.Parameters().size(), 1u);
  linear.Parameters()[0].variable.mutable_value() = Tensor::Of({2, 3}, {1, 2, 3, 4, 5, 6});
  const Variable y = linear.Forward(Tensor::Of({1, 3}, {1, 0, -1}), {});
  EXPECT_EQ(y.value().data()[0], -2);
  EXPECT_EQ(y.value().data()[1], -2);
}

TEST(FlattenLayerTest, MakesRows) {
  EXPECT_EQ(FlattenLayer().Forward(Tensor::Zeros({2, 3, 4, 5}), {}).shape(), (Shape{2, 60}));
}

TEST(ActivationTest, IsItsFunction) {
  Activation relu(Elementwise::kReLU);
  const Variable y = relu.Forward(Tensor::Of({2}, {-3, 3}), {});
  EXPECT_EQ(y.value().data()[0], 0.0f);
  EXPECT_EQ(y.value().data()[1], 3.0f);
  EXPECT_TRUE(relu.Parameters().empty());
}

}  // namespace
}  // namespace dl
