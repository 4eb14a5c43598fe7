#include "modules/primitives/pooling.h"

#include "gtest/gtest.h"
#include "modules/primitives/internal/interleaved.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/reference/pooling.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::Array;
using reference::FromTensor;

struct Case {
  const char* name;
  Shape x;
  PoolingOptions options;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

// x in the two orders that convolutions leave it in: blocks of 16 channels, and groups of 16 images.
Tensor Interleaved(const Tensor& x) { return onednn::InOrder(x, interleaved::DescOf(x.shape())); }
Tensor Blocked(const Tensor& x) {
  return onednn::InOrder(
      x, onednn::Desc(onednn::DimsOf(x.shape()), onednn::TypeOf(x.dtype()), dnnl::memory::format_tag::nChw16c));
}

class PoolingTest : public ::testing::TestWithParam<Case> {
 protected:
  const PoolingOptions& options = GetParam().options;
  // Whole numbers in a small range, so that windows hold equal maxima; in every order.
  const Tensor x = testing::IntegerTensor(GetParam().x, 1);
  const Tensor dy = testing::IntegerTensor(PoolingShape(GetParam().x, GetParam().options), 2);
  const std::vector<Tensor> orders = {x, Blocked(x), Interleaved(x)};
  const Array<double> twin_x = FromTensor<double>(x), twin_dy = FromTensor<double>(dy);
};

TEST_P(PoolingTest, MaximumEqualsItsTwin) {
  for (const Tensor& x : orders) {
    const MaxPoolResult result = MaxPool(x, options);
    EXPECT_EQ(testing::RelativeL2(result.y, reference::MaxPool(twin_x, options)), 0);
    const Tensor dx = MaxPoolBackward(x, result.argmax, dy, options);
    EXPECT_EQ(testing::RelativeL2(dx, reference::MaxPoolBackward(twin_x, twin_dy, options)), 0);
    EXPECT_EQ(dx.layout(), x.layout());
  }
}

TEST_P(PoolingTest, MeanEqualsItsTwin) {
  for (const Tensor& x : orders) {
    EXPECT_LE(testing::RelativeL2(AveragePool(x, options), reference::AveragePool(twin_x, options)),
              testing::kF32Tolerance);
    const Tensor dx = AveragePoolBackward(x, dy, options);
    EXPECT_LE(testing::RelativeL2(dx, reference::AveragePoolBackward(twin_dy, x.shape(), options)),
              testing::kF32Tolerance);
    EXPECT_EQ(dx.layout(), x.layout());
  }
}

TEST_P(PoolingTest, BF16EqualsItsTwin) {
  const Tensor x16 = Cast(x, DType::kBF16), dy16 = Cast(dy, DType::kBF16);
  const MaxPoolResult result = MaxPool(x16, options);
  EXPECT_EQ(result.y.dtype(), DType::kBF16);
  EXPECT_EQ(testing::RelativeL2(result.y, reference::MaxPool(twin_x, options)), 0);
  EXPECT_LE(testing::RelativeL2(MaxPoolBackward(x16, result.argmax, dy16, options),
                                reference::MaxPoolBackward(twin_x, twin_dy, options)),
            testing::kBF16Tolerance);
  EXPECT_LE(testing::RelativeL2(AveragePool(x16, options), reference::AveragePool(twin_x, options)), testing::kBF16Tolerance);
  EXPECT_LE(testing::RelativeL2(AveragePoolBackward(x16, dy16, options),
                                reference::AveragePoolBackward(twin_dy, x.shape(), options)),
            testing::kBF16Tolerance);
}

TEST_P(PoolingTest, F64IsTheTwin) {
  using testing::IsExactly;
  const Tensor x = testing::RandomF64Tensor(GetParam().x, 1), dy = testing::RandomF64Tensor(twin_dy.shape, 2);
  const Array<double> ax = FromTensor<double>(x), ady = FromTensor<double>(dy);
  const MaxPoolResult result = MaxPool(x, options);
  EXPECT_TRUE(IsExactly(result.y, reference::MaxPool(ax, options)));
  EXPECT_TRUE(IsExactly(MaxPoolBackward(x, result.argmax, dy, options), reference::MaxPoolBackward(ax, ady, options)));
  EXPECT_TRUE(IsExactly(AveragePool(x, options), reference::AveragePool(ax, options)));
  EXPECT_TRUE(IsExactly(AveragePoolBackward(x, dy, options), reference::AveragePoolBackward(ady, x.shape(), options)));
}

TEST_P(PoolingTest, TwinsGradientIsTheSlope) {
  if (NumElements(GetParam().x) > 500) return;  // one size is as good as another, and differences are slow
  const Array<double> x = testing::RandomArray(GetParam().x, 3), dy = testing::RandomArray(twin_dy.shape, 4);
  const auto maximum = testing::NumericalGradient([&](const auto& m) { return reference::MaxPool(m, options); }, x, dy);
  const auto mean =
      testing::NumericalGradient([&](const auto& m) { return reference::AveragePool(m, options); }, x, dy);
  EXPECT_LE(testing::RelativeL2(reference::MaxPoolBackward(x, dy, options), maximum), 1e-7);
  EXPECT_LE(testing::RelativeL2(reference::AveragePoolBackward(dy, x.shape, options), mean), 1e-7);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, PoolingTest,
    ::testing::Values(Case{"halves", {2, 5, 6, 4}, {}},
                      Case{"overlapping", {2, 3, 7, 6}, {.kernel = 3, .stride = 2, .padding = 1}},
                      Case{"ceil", {1, 3, 6, 5}, {.kernel = 3, .stride = 2, .ceil_mode = true}},
                      Case{"ceil_padded", {1, 2, 6, 6}, {.kernel = 2, .stride = 2, .padding = 1, .ceil_mode = true}},
                      Case{"many_images", {21, 2, 5, 5}, {.kernel = 2, .stride = 1, .padding = 1}},
                      Case{"large_window", {2, 2, 18, 19}, {.kernel = 17, .stride = 1, .padding = 3}},
                      Case{"whole_map", {2, 7, 4, 3}, {.kernel = kWholeMap, .stride = 1}}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(PoolingDeathTest, AMistakeNamesShapesAndRule) {
  const Tensor x = Tensor::Zeros({1, 2, 4, 4});
  EXPECT_DEATH(MaxPool(Tensor::Zeros({4, 4}), {}), "x is \\[4, 4\\], it must have rank 4");
  EXPECT_DEATH(AveragePoolBackward(x, x, {}), "dy is f32 \\[1, 2, 4, 4\\], it must be f32 \\[1, 2, 2, 2\\]");
}

}  // namespace
}  // namespace dl
