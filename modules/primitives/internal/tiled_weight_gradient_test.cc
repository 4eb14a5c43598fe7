#include "modules/primitives/internal/tiled_weight_gradient.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/reference/convolution.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// Small whole numbers are exact in bf16, and f32 sums of their products are exact too, in whatever order.
Tensor WholeNumbers(const Shape& shape, uint64_t seed) {
  Tensor x = testing::RandomTensor(shape, seed);
  for (int64_t i = 0; i < x.size(); ++i) x.mutable_data()[i] = std::round(2 * x.data()[i]);
  return x;
}

void ExpectTheTwins(const Shape& x_shape, const Shape& w, const ConvolutionOptions& options) {
  if (!onednn::HasBf16()) GTEST_SKIP() << "no bf16 on this machine";
  const Tensor x = WholeNumbers(x_shape, 1), dy = WholeNumbers(ConvolutionShape(x_shape, w, options), 2);
  const Tensor dw = ToPlain(TiledWeightGradient(Cast(x, DType::kBF16), Cast(dy, DType::kBF16), w, options));
  const auto expected = reference::ConvolutionBackwardWeights(reference::FromTensor<double>(x),
                                                              reference::FromTensor<double>(dy), w, options);
  EXPECT_EQ(testing::RelativeL2(dw, expected), 0);
}

TEST(TiledWeightGradientTest, IsTheTwinsGradient) { ExpectTheTwins({3, 5, 7, 6}, {4, 5, 3, 3}, {.padding = 1}); }
TEST(TiledWeightGradientTest, WithStride) {
  ExpectTheTwins({2, 16, 8, 8}, {16, 16, 3, 3}, {.stride = 2, .padding = 1});
}
TEST(TiledWeightGradientTest, OfOnePlace) { ExpectTheTwins({2, 6, 5, 5}, {3, 6, 1, 1}, {.stride = 2}); }
TEST(TiledWeightGradientTest, WithDilation) {
  ExpectTheTwins({2, 3, 9, 9}, {4, 3, 3, 2}, {.padding = 2, .dilation = 2});
}

}  // namespace
}  // namespace dl
