#include "modules/cnn/all_conv.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(AllConvTest, HasTheParametersOfTheArchitecture) {
  Random random(1);
  Sequential net = AllConv(random);
  EXPECT_EQ(ParameterCount(net), 1369738);
  EXPECT_EQ(ParameterCount(AllConv(random, {.classes = 100})), 1387108);  // as DeepOBS counts cifar100_allcnnc
  const std::vector<Variable> outputs = net.Outputs(Tensor::Zeros({2, 3, 32, 32}), {});
  EXPECT_EQ(outputs[outputs.size() - 3].shape(), (Shape{2, 10, 6, 6}));  // what the paper averages
  EXPECT_EQ(outputs.back().shape(), (Shape{2, 10}));
}

TEST(AllConvTest, DropsPixelsAndMapsInTrainingOnly) {
  Random random(1);
  Sequential net = AllConv(random, {.first = 4, .second = 4});
  const Variable x = Tensor::Full({2, 3, 32, 32}, 1);
  const Variable y = net.Outputs(x, {.training = true, .random = &random})[0];
  EXPECT_NE(y.id(), x.id());
  EXPECT_EQ(net.Outputs(x, {})[0].id(), x.id());
}

}  // namespace
}  // namespace dl
