#include "modules/primitives/batch_normalization.h"

#include "gtest/gtest.h"
#include "modules/primitives/internal/interleaved.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/reference/batch_normalization.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::Array;
using reference::FromTensor;

struct Case {
  const char* name;
  Shape x;
  bool relu;
  bool blocked;  // in blocks of 16 channels, as a convolution leaves it
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

// x rounded to `dtype`, in the order of the case.
Tensor Input(const Case& c, uint64_t seed, DType dtype) {
  const Tensor x = Cast(testing::RandomTensor(c.x, seed), dtype);
  if (!c.blocked) return x;
  return onednn::InOrder(x,
                         onednn::Desc(onednn::DimsOf(c.x), onednn::TypeOf(dtype), dnnl::memory::format_tag::nChw16c));
}

class BatchNormalizationTest : public ::testing::TestWithParam<Case> {
 protected:
  const BatchNormalizationOptions options = {.epsilon = 0.1f, .relu = GetParam().relu};
  const Tensor scale = testing::RandomTensor({GetParam().x[1]}, 1), shift = testing::RandomTensor({GetParam().x[1]}, 2);
  const Array<double> twin_scale = FromTensor<double>(scale), twin_shift = FromTensor<double>(shift);

  void ExpectTwins(DType dtype, double tolerance) const {
    const Tensor x = Input(GetParam(), 3, dtype), dy = Input(GetParam(), 4, dtype);
    const Array<double> twin_x = FromTensor<double>(x), twin_dy = FromTensor<double>(dy);
    const BatchNormalizationResult result = BatchNormalization(x, scale, shift, options);
    const Array<double> mean = reference::ChannelMean(twin_x), variance = reference::ChannelVariance(twin_x);
    EXPECT_LE(testing::RelativeL2(result.y, reference::BatchNormalization(twin_x, twin_scale, twin_shift, options)),
              tolerance);
    EXPECT_EQ(result.y.dtype(), dtype);
    EXPECT_LE(testing::RelativeL2(result.statistics.mean, mean), testing::kF32Tolerance);
    EXPECT_LE(testing::RelativeL2(result.statistics.variance, variance), testing::kF32Tolerance);
    EXPECT_LE(testing::RelativeL2(BatchNormalizationInference(x, result.statistics, scale, shift, options),
                                  FromTensor<double>(result.y)),
              tolerance);
    const auto gradients = BatchNormalizationBackward(x, scale, result.statistics, result.relu_mask, dy, options);
    const auto slopes = reference::BatchNormalizationBackward(twin_x, twin_scale, twin_shift, twin_dy, options);
    EXPECT_LE(testing::RelativeL2(gradients.dx, slopes.dx), tolerance);
    EXPECT_LE(testing::RelativeL2(gradients.dscale, slopes.dscale), testing::kF32Tolerance);
    EXPECT_LE(testing::RelativeL2(gradients.dshift, slopes.dshift), testing::kF32Tolerance);
    EXPECT_EQ(result.y.layout(), x.layout());
    EXPECT_EQ(gradients.dx.layout(), x.layout());
  }
};

TEST_P(BatchNormalizationTest, EqualsItsTwin) { ExpectTwins(DType::kF32, testing::kF32Tolerance); }

TEST_P(BatchNormalizationTest, BF16EqualsItsTwin) { ExpectTwins(DType::kBF16, testing::kBF16Tolerance); }

TEST_P(BatchNormalizationTest, F64IsTheTwin) {
  using testing::IsExactly;
  const Tensor x = testing::RandomF64Tensor(GetParam().x, 3), dy = testing::RandomF64Tensor(GetParam().x, 4);
  const Tensor by = testing::RandomF64Tensor(scale.shape(), 5), to = testing::RandomF64Tensor(scale.shape(), 6);
  const Array<double> ax = FromTensor<double>(x), a = FromTensor<double>(by), b = FromTensor<double>(to);
  const BatchNormalizationResult result = BatchNormalization(x, by, to, options);
  EXPECT_TRUE(IsExactly(result.y, reference::BatchNormalization(ax, a, b, options)));
  EXPECT_TRUE(IsExactly(result.statistics.mean, reference::ChannelMean(ax)));
  EXPECT_TRUE(IsExactly(result.statistics.variance, reference::ChannelVariance(ax)));
  EXPECT_TRUE(
      IsExactly(BatchNormalizationInference(x, result.statistics, by, to, options), FromTensor<double>(result.y)));
  const auto gradients = BatchNormalizationBackward(x, by, result.statistics, result.relu_mask, dy, options);
  const auto slopes = reference::BatchNormalizationBackward(ax, a, b, FromTensor<double>(dy), options);
  EXPECT_TRUE(IsExactly(gradients.dx, slopes.dx));
  EXPECT_TRUE(IsExactly(gradients.dscale, slopes.dscale));
  EXPECT_TRUE(IsExactly(gradients.dshift, slopes.dshift));
}

TEST_P(BatchNormalizationTest, InferenceReadsTheGivenStatistics) {
  const Tensor x = Input(GetParam(), 3, DType::kF32);
  const BatchStatistics statistics = {.mean = testing::RandomTensor(scale.shape(), 5),
                                      .variance = Tensor::Full(scale.shape(), 4)};
  const auto twin =
      reference::BatchNormalizationInference(FromTensor<double>(x), FromTensor<double>(statistics.mean),
                                             FromTensor<double>(statistics.variance), twin_scale, twin_shift, options);
  EXPECT_LE(testing::RelativeL2(BatchNormalizationInference(x, statistics, scale, shift, options), twin),
            testing::kF32Tolerance);
}

TEST_P(BatchNormalizationTest, TwinsGradientsAreTheSlopes) {
  const Array<double> x = testing::RandomArray(GetParam().x, 3), dy = testing::RandomArray(GetParam().x, 4);
  const auto slopes = reference::BatchNormalizationBackward(x, twin_scale, twin_shift, dy, options);
  const auto forward = [&](const auto& a, const auto& s, const auto& t) {
    return reference::BatchNormalization(a, s, t, options);
  };
  const auto of_x = [&](const auto& moved) { return forward(moved, twin_scale, twin_shift); };
  const auto of_scale = [&](const auto& moved) { return forward(x, moved, twin_shift); };
  const auto of_shift = [&](const auto& moved) { return forward(x, twin_scale, moved); };
  EXPECT_LE(testing::RelativeL2(slopes.dx, testing::NumericalGradient(of_x, x, dy)), 1e-7);
  EXPECT_LE(testing::RelativeL2(slopes.dscale, testing::NumericalGradient(of_scale, twin_scale, dy)), 1e-7);
  EXPECT_LE(testing::RelativeL2(slopes.dshift, testing::NumericalGradient(of_shift, twin_shift, dy)), 1e-7);
}

INSTANTIATE_TEST_SUITE_P(
    All, BatchNormalizationTest,
    ::testing::Values(Case{"plain", {3, 5, 4, 3}, false, false}, Case{"plain_relu", {3, 5, 4, 3}, true, false},
                      Case{"blocked", {3, 32, 3, 3}, false, true}, Case{"blocked_relu", {3, 32, 3, 3}, true, true},
                      Case{"padded_block_relu", {3, 20, 3, 3}, true, true}, Case{"vectors", {6, 32}, false, false},
                      Case{"vectors_relu", {6, 7}, true, false}),
    [](const auto& info) { return std::string(info.param.name); });

// The order in which convolutions of few channels leave their maps.
TEST(BatchNormalizationOrderTest, InterleavedImagesGiveTheSame) {
  const Tensor x = testing::RandomTensor({18, 5, 3, 4}, 1), dy = testing::RandomTensor(x.shape(), 2);
  const Tensor scale = testing::RandomTensor({5}, 3), shift = testing::RandomTensor({5}, 4);
  const Tensor interleaved = onednn::InOrder(x, interleaved::DescOf(x.shape()));
  const auto expected = BatchNormalization(x, scale, shift), actual = BatchNormalization(interleaved, scale, shift);
  EXPECT_EQ(testing::RelativeL2(actual.y, FromTensor<double>(expected.y)), 0);
  const Tensor dx = BatchNormalizationBackward(x, scale, expected.statistics, Tensor(), dy).dx;
  const Tensor dx_interleaved = BatchNormalizationBackward(interleaved, scale, actual.statistics, Tensor(), dy).dx;
  EXPECT_EQ(testing::RelativeL2(dx_interleaved, FromTensor<double>(dx)), 0);
}

TEST(BatchNormalizationDeathTest, AMistakeNamesShapesAndRule) {
  const Tensor x = Tensor::Zeros({2, 3, 4, 4}), c = Tensor::Full({3}, 1);
  EXPECT_DEATH(BatchNormalization(Tensor::Zeros({3}), c, c), "x is \\[3\\], it must be \\[N, C, H, W\\]");
  EXPECT_DEATH(BatchNormalization(x, Tensor::Zeros({4}), c), "scale is f32 \\[4\\], it must be f32 \\[3\\]");
  EXPECT_DEATH(BatchNormalization(Cast(x, DType::kF64), c, c), "x is f64 .*scale is f32 \\[3\\], it must be f64");
  EXPECT_DEATH(BatchNormalizationInference(x, {c, Tensor::Zeros({2})}, c, c), "variance is f32 \\[2\\]");
  EXPECT_DEATH(BatchNormalizationBackward(x, c, {c, c}, Tensor(), Tensor::Zeros({2, 3, 4, 5})),
               "dy is f32 \\[2, 3, 4, 5\\]; they must be equal");
  EXPECT_DEATH(BatchNormalizationBackward(x, c, {c, c}, Tensor(), x, {.relu = true}), "the mask must be the forward");
}

}  // namespace
}  // namespace dl
