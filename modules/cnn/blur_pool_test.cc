#include "modules/cnn/blur_pool.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/cnn/ops.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

std::vector<float> Values(const Variable& y) {
  const Tensor plain = ToPlain(y.value());
  return {plain.values().begin(), plain.values().end()};
}

TEST(BlurPoolTest, WeighsBinomially) {
  Tensor x = Tensor::Zeros({1, 1, 8, 8});
  x.mutable_data()[4 * 8 + 4] = 16;  // weights 1 2 1 around place 4: units 2, and none else in the row
  const std::vector<float> y = Values(BlurPool(x));
  EXPECT_EQ(y[2 * 4 + 2], 4);  // (1/2)² of 16
  Tensor odd = Tensor::Zeros({1, 1, 8, 8});
  odd.mutable_data()[5 * 8 + 5] = 16;  // between units 2 and 3: a quarter each, along both axes
  const std::vector<float> z = Values(BlurPool(odd));
  for (int i : {2 * 4 + 2, 2 * 4 + 3, 3 * 4 + 2, 3 * 4 + 3}) EXPECT_EQ(z[i], 1);
}

TEST(BlurPoolTest, AMeanStaysAMeanAtTheEdges) {
  for (int64_t kernel : {1, 2, 3, 4, 5, 7}) {
    for (int64_t size : {8, 9}) {
      const Variable y = BlurPool(Tensor::Full({2, 3, size, size}, 5), {.kernel = kernel});
      EXPECT_EQ(y.shape()[2], kernel % 2 == 1 ? (size + 1) / 2 : size / 2) << kernel;
      for (float value : Values(y)) ASSERT_NEAR(value, 5, 1e-5) << kernel;
    }
  }
}

TEST(BlurPoolTest, ChannelsStayApart) {
  Tensor x = Tensor::Zeros({1, 2, 4, 4});
  for (int i = 16; i < 32; ++i) x.mutable_data()[i] = 7;
  const std::vector<float> y = Values(BlurPool(x));
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(y[i], 0);
    EXPECT_NEAR(y[4 + i], 7, 1e-5);
  }
}

// A chessboard is a frequency that a map of half the size cannot hold: leaving out makes it white or black, depending
// on where it begins; blur pooling makes it grey.
TEST(BlurPoolTest, DoesNotAlias) {
  Tensor x({1, 1, 8, 8});
  for (int i = 0; i < 64; ++i) x.mutable_data()[i] = (i + i / 8) % 2 == 0 ? 1 : -1;
  EXPECT_EQ(Values(BlurPool(x, {.kernel = 1}))[5], 1);
  const std::vector<float> y = Values(BlurPool(x));
  EXPECT_NEAR(y[5], 0, 1e-6);
  EXPECT_EQ(BlurPool2d().WindowOn({}).stride, 2);
}

}  // namespace
}  // namespace dl
