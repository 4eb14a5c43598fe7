#include "modules/cnn/three_conv_three_dense.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(ThreeConvThreeDenseTest, HasTheParametersOfTheArchitecture) {
  Random random(1);
  Sequential net = ThreeConvThreeDense(random);
  EXPECT_EQ(ParameterCount(net), 895210);  // as DeepOBS's own code makes them
  const std::vector<Variable> outputs = net.Outputs(Tensor::Zeros({2, 3, 32, 32}), {});
  EXPECT_EQ(outputs[8].shape(), (Shape{2, 128, 3, 3}));
  EXPECT_EQ(outputs.back().shape(), (Shape{2, 10}));
}

TEST(ThreeConvThreeDenseTest, TakesOtherImages) {
  Random random(1);
  for (int64_t size : {20, 21, 22, 23, 24, 25, 28, 31, 40}) {
    Sequential net = ThreeConvThreeDense(random, {.channels = 1, .size = size, .first = 2, .second = 2, .third = 2});
    EXPECT_EQ(net.Forward(Tensor::Zeros({1, 1, size, size}), {}).shape(), (Shape{1, 10})) << size;
  }
  EXPECT_DEATH(ThreeConvThreeDense(random, {.size = 19}), "side 19; it must be at least 20");
}

}  // namespace
}  // namespace dl
