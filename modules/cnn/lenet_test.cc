#include "modules/cnn/lenet.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(LeNetTest, HasTheParametersOfTheArchitecture) {
  Random random(1);
  Sequential lenet = LeNet5(random), classic = LeNet5Classic(random);
  EXPECT_EQ(ParameterCount(lenet), 61706);
  EXPECT_EQ(ParameterCount(classic), 61706);
  EXPECT_EQ(lenet.Forward(Tensor::Zeros({2, 1, 28, 28}), {}).shape(), (Shape{2, 10}));
  EXPECT_EQ(classic.Forward(Tensor::Zeros({2, 1, 28, 28}), {}).shape(), (Shape{2, 10}));
}

TEST(LeNetTest, TakesOtherImages) {
  Random random(1);
  EXPECT_EQ(ParameterCount(LeNet5(random, {.channels = 3, .size = 32})), 83126);  // as d2l's and PyTorch's for CIFAR-10
  for (int64_t size : {12, 15, 33}) {
    EXPECT_EQ(LeNet5(random, {.size = size, .classes = 7}).Forward(Tensor::Zeros({2, 1, size, size}), {}).shape(),
              (Shape{2, 7}));
  }
  EXPECT_DEATH(LeNet5(random, {.size = 11}), "side 11; it must be at least 12");
}

// d2l's means before any training: the sigmoids of a classic network lie between 0 and 1, so do their averages.
TEST(LeNetTest, TheClassicOneAveragesWhatItsActivationGives) {
  Random random(1);
  const Variable x = Tensor::Full({1, 1, 28, 28}, 3);
  Sequential classic = LeNet5Classic(random), tanh = LeNet5Classic(random, {}, Elementwise::kTanh);
  bool negative = false;
  for (float value : tanh.Outputs(x, {})[9].value().values()) negative |= value < 0;
  EXPECT_TRUE(negative);
  for (float value : classic.Outputs(x, {})[9].value().values()) {
    EXPECT_GT(value, 0);
    EXPECT_LT(value, 1);
  }
  EXPECT_EQ(classic.Outputs(x, {})[1].shape(), (Shape{1, 6, 28, 28}));
}

}  // namespace
}  // namespace dl
