#include "modules/cnn/small_cnn.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(SmallCnnTest, HasTheParametersOfTheArchitecture) {
  Random random(1);
  Sequential net = SmallCnn(random);
  EXPECT_EQ(ParameterCount(net), 9 * (3 * 32 + 32 * 32 + 32 * 64 + 64 * 64 + 64 * 128 + 128 * 128) +
                                     2 * 2 * (32 + 64 + 128) + (128 * 4 * 4 + 1) * 10);
  EXPECT_EQ(net.Forward(Tensor::Zeros({2, 3, 32, 32}), {}).shape(), (Shape{2, 10}));
}

TEST(SmallCnnTest, TakesOtherImages) {
  Random random(1);
  EXPECT_EQ(
      SmallCnn(random, {.channels = 1, .size = 28, .classes = 7}).Forward(Tensor::Zeros({2, 1, 28, 28}), {}).shape(),
      (Shape{2, 7}));
  EXPECT_DEATH(SmallCnn(random, {.size = 7}), "side 7 cannot be halved 3 times");
}

}  // namespace
}  // namespace dl
