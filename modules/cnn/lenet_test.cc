#include "modules/cnn/lenet.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(LeNetTest, HasTheParametersOfTheArchitecture) {
  Random random(1);
  Sequential lenet = LeNet5(random);
  EXPECT_EQ(ParameterCount(lenet), 61706);
  EXPECT_EQ(lenet.Forward(Tensor::Zeros({2, 1, 28, 28}), {}).shape(), (Shape{2, 10}));
}

}  // namespace
}  // namespace dl
