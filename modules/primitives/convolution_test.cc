#include "modules/primitives/convolution.h"

#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/primitives/internal/onednn_version.h"
#include "modules/primitives/reference/convolution.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::Array;
using reference::FromTensor;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

// F(4x4, 3x3) multiplies by constants between 1/24 and 8, which costs a digit.
constexpr double kWinogradTolerance = 2e-5;
struct Case {
  const char* name;
  Shape x, w;
  ConvolutionOptions options;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class ConvolutionTest : public ::testing::TestWithParam<Case> {
 protected:
  const Case& c = GetParam();
  const Shape y_shape = ConvolutionShape(c.x, c.w, c.options);

  bool winograd() const {
    return ConvolutionKernels(c.x, c.w, DType::kF32, c.options).find("wino") != std::string::npos;
  }
  // Sums of whole numbers are exact in every order, except in Winograd's, which multiplies them by fractions.
  double Tolerance() const { return winograd() ? kWinogradTolerance : 0; }
};

TEST_P(ConvolutionTest, ForwardEqualsItsTwin) {
  const Tensor x = testing::IntegerTensor(c.x, 1), w = testing::IntegerTensor(c.w, 2);
  const Tensor b = testing::IntegerTensor({c.w[0]}, 3);
  const auto twin = [&](const Tensor& bias) {
    return reference::Convolution(FromTensor<double>(x), FromTensor<double>(w), FromTensor<double>(bias), c.options);
  };
  EXPECT_LE(testing::RelativeL2(Convolution(x, w, b, c.options), twin(b)), Tolerance());
  EXPECT_LE(testing::RelativeL2(Convolution(x, w, Tensor(), c.options), twin(Tensor())), Tolerance());
}

TEST_P(ConvolutionTest, BackwardDataEqualsItsTwin) {
  const Tensor dy = testing::IntegerTensor(y_shape, 1), w = testing::IntegerTensor(c.w, 2);
  const auto twin = reference::ConvolutionBackwardData(FromTensor<double>(dy), FromTensor<double>(w), c.x, c.options);
  EXPECT_LE(testing::RelativeL2(ConvolutionBackwardData(dy, w, c.x, c.options), twin), Tolerance());
}

TEST_P(ConvolutionTest, BackwardWeightsEqualsItsTwin) {
  const Tensor x = testing::IntegerTensor(c.x, 1), dy = testing::IntegerTensor(y_shape, 2);
  const Array<double> twin_x = FromTensor<double>(x), twin_dy = FromTensor<double>(dy);
  const auto dw = reference::ConvolutionBackwardWeights(twin_x, twin_dy, c.w, c.options);
  const ConvolutionGradients both = ConvolutionBackwardWeights(x, dy, c.w, true, c.options);
  EXPECT_LE(testing::RelativeL2(both.dw, dw), Tolerance());
  EXPECT_EQ(testing::RelativeL2(both.db, reference::ConvolutionBackwardBias(twin_dy)), 0);
  const ConvolutionGradients one = ConvolutionBackwardWeights(x, dy, c.w, false, c.options);
  EXPECT_LE(testing::RelativeL2(one.dw, dw), Tolerance());
  EXPECT_EQ(one.db.size(), 0);
}

TEST_P(ConvolutionTest, RealNumbersStayWithinRounding) {
  const Tensor x = testing::RandomTensor(c.x, 1), w = testing::RandomTensor(c.w, 2);
  const Tensor dy = testing::RandomTensor(y_shape, 3);
  const Array<double> twin_x = FromTensor<double>(x), twin_w = FromTensor<double>(w), twin_dy = FromTensor<double>(dy);
  const double tolerance = winograd() ? kWinogradTolerance : testing::kF32Tolerance;
  EXPECT_LE(testing::RelativeL2(Convolution(x, w, Tensor(), c.options),
                                reference::Convolution(twin_x, twin_w, Array<double>(), c.options)),
            tolerance);
  EXPECT_LE(testing::RelativeL2(ConvolutionBackwardData(dy, w, c.x, c.options),
                                reference::ConvolutionBackwardData(twin_dy, twin_w, c.x, c.options)),
            tolerance);
  EXPECT_LE(testing::RelativeL2(ConvolutionBackwardWeights(x, dy, c.w, false, c.options).dw,
                                reference::ConvolutionBackwardWeights(twin_x, twin_dy, c.w, c.options)),
            tolerance);
}

// Whole numbers up to 3 are exact in bf16, and so are f32 sums of their products; y and dx are rounded once, dw never.
TEST_P(ConvolutionTest, BF16EqualsItsTwin) {
  const Tensor x = testing::IntegerTensor(c.x, 1), w = testing::IntegerTensor(c.w, 2);
  const Tensor dy = testing::IntegerTensor(y_shape, 3), b = testing::IntegerTensor({c.w[0]}, 4);
  const Array<double> twin_x = FromTensor<double>(x), twin_w = FromTensor<double>(w), twin_dy = FromTensor<double>(dy);
  const Tensor x16 = Cast(x, DType::kBF16), w16 = Cast(w, DType::kBF16), dy16 = Cast(dy, DType::kBF16);
  const Tensor y = Convolution(x16, w16, b, c.options);
  EXPECT_EQ(y.dtype(), DType::kBF16);
  EXPECT_LE(testing::RelativeL2(y, reference::Convolution(twin_x, twin_w, FromTensor<double>(b), c.options)),
            testing::kBF16Tolerance);
  EXPECT_LE(testing::RelativeL2(ConvolutionBackwardData(dy16, w16, c.x, c.options),
                                reference::ConvolutionBackwardData(twin_dy, twin_w, c.x, c.options)),
            testing::kBF16Tolerance);
  const ConvolutionGradients gradients = ConvolutionBackwardWeights(x16, dy16, c.w, true, c.options);
  EXPECT_EQ(gradients.dw.dtype(), DType::kF32);
  EXPECT_EQ(testing::RelativeL2(gradients.dw, reference::ConvolutionBackwardWeights(twin_x, twin_dy, c.w, c.options)),
            0);
  EXPECT_EQ(testing::RelativeL2(gradients.db, reference::ConvolutionBackwardBias(twin_dy)), 0);
}

TEST_P(ConvolutionTest, F64IsTheTwin) {
  using testing::IsExactly;
  if (NumElements(c.x) * NumElements(c.w) > 10'000'000) GTEST_SKIP() << "slow";
  const Tensor x = testing::RandomF64Tensor(c.x, 1), w = testing::RandomF64Tensor(c.w, 2);
  const Tensor dy = testing::RandomF64Tensor(y_shape, 3), b = testing::RandomF64Tensor({c.w[0]}, 4);
  const Array<double> ax = FromTensor<double>(x), aw = FromTensor<double>(w), ady = FromTensor<double>(dy);
  EXPECT_TRUE(
      IsExactly(Convolution(x, w, b, c.options), reference::Convolution(ax, aw, FromTensor<double>(b), c.options)));
  EXPECT_TRUE(
      IsExactly(Convolution(x, w, Tensor(), c.options), reference::Convolution(ax, aw, Array<double>(), c.options)));
  EXPECT_TRUE(IsExactly(ConvolutionBackwardData(dy, w, c.x, c.options),
                        reference::ConvolutionBackwardData(ady, aw, c.x, c.options)));
  const ConvolutionGradients gradients = ConvolutionBackwardWeights(x, dy, c.w, true, c.options);
  EXPECT_TRUE(IsExactly(gradients.dw, reference::ConvolutionBackwardWeights(ax, ady, c.w, c.options)));
  EXPECT_TRUE(IsExactly(gradients.db, reference::ConvolutionBackwardBias(ady)));
  EXPECT_EQ(ConvolutionBackwardWeights(x, dy, c.w, false, c.options).db.size(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, ConvolutionTest,
    ::testing::Values(Case{"colours", {2, 3, 9, 8}, {16, 3, 3, 3}, {.padding = 1}},
                      Case{"wide", {2, 16, 7, 7}, {32, 16, 3, 3}, {.padding = 1}},
                      Case{"stride2", {2, 16, 9, 9}, {32, 16, 3, 3}, {.stride = 2, .padding = 1}},
                      Case{"pointwise", {2, 32, 6, 5}, {16, 32, 1, 1}, {}},
                      Case{"pointwise_stride2", {2, 16, 8, 8}, {32, 16, 1, 1}, {.stride = 2}},
                      Case{"dilated", {2, 16, 9, 9}, {16, 16, 3, 3}, {.padding = 2, .dilation = 2}},
                      Case{"grouped", {2, 32, 7, 7}, {64, 16, 3, 3}, {.padding = 1, .groups = 2}},
                      Case{"depthwise", {2, 16, 7, 7}, {16, 1, 3, 3}, {.padding = 1, .groups = 16}},
                      Case{"odd_channels", {2, 5, 7, 6}, {7, 5, 3, 2}, {.stride = 2, .padding = 1}},
                      Case{"lenet1", {3, 1, 28, 28}, {6, 1, 5, 5}, {.padding = 2}},
                      Case{"lenet2", {3, 6, 14, 14}, {16, 6, 5, 5}, {}},
                      Case{"few_channels", {37, 4, 9, 7}, {13, 4, 3, 3}, {.stride = 2, .padding = 2, .dilation = 2}},
                      Case{"few_channels_small", {5, 7, 3, 4}, {3, 7, 2, 3}, {.padding = 1}},
                      Case{"few_channels_wide_window", {2, 2, 15, 17}, {9, 2, 7, 11}, {.stride = 3, .padding = 4}},
                      Case{"few_channels_pointwise", {3, 5, 4, 4}, {7, 5, 1, 1}, {}},
                      Case{"winograd", {32, 32, 8, 8}, {32, 32, 3, 3}, {.padding = 1}}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(ConvolutionTwinTest, GradientsAreTheSlope) {
  const ConvolutionOptions options = {.stride = 2, .padding = 1, .dilation = 2, .groups = 2};
  const Array<double> x = testing::RandomArray({2, 4, 7, 6}, 1), w = testing::RandomArray({6, 2, 3, 2}, 2);
  const Array<double> b = testing::RandomArray({6}, 3);
  const Array<double> dy = testing::RandomArray(ConvolutionShape(x.shape, w.shape, options), 4);
  const auto slope_x = testing::NumericalGradient(
      [&](const auto& moved) { return reference::Convolution(moved, w, b, options); }, x, dy);
  const auto slope_w = testing::NumericalGradient(
      [&](const auto& moved) { return reference::Convolution(x, moved, b, options); }, w, dy);
  const auto slope_b = testing::NumericalGradient(
      [&](const auto& moved) { return reference::Convolution(x, w, moved, options); }, b, dy);
  EXPECT_LE(testing::RelativeL2(reference::ConvolutionBackwardData(dy, w, x.shape, options), slope_x), 1e-7);
  EXPECT_LE(testing::RelativeL2(reference::ConvolutionBackwardWeights(x, dy, w.shape, options), slope_w), 1e-7);
  EXPECT_LE(testing::RelativeL2(reference::ConvolutionBackwardBias(dy), slope_b), 1e-7);
}

// The f32 kernels of the networks that this project trains: none may be a fallback to oneDNN's reference loops or to
// one matrix product for each image.
TEST(ConvolutionKernelsTest, NoSlowFallback) {
  const Case kLayers[] = {
      {"stem", {128, 3, 32, 32}, {64, 3, 3, 3}, {.padding = 1}},
      {"stage 1", {128, 64, 32, 32}, {64, 64, 3, 3}, {.padding = 1}},
      {"stage 2, first", {128, 64, 32, 32}, {128, 64, 3, 3}, {.stride = 2, .padding = 1}},
      {"stage 2, shortcut", {128, 64, 32, 32}, {128, 64, 1, 1}, {.stride = 2}},
      {"stage 2", {128, 128, 16, 16}, {128, 128, 3, 3}, {.padding = 1}},
      {"stage 3, first", {128, 128, 16, 16}, {256, 128, 3, 3}, {.stride = 2, .padding = 1}},
      {"stage 3, shortcut", {128, 128, 16, 16}, {256, 128, 1, 1}, {.stride = 2}},
      {"stage 3", {128, 256, 8, 8}, {256, 256, 3, 3}, {.padding = 1}},
      {"stage 4, first", {128, 256, 8, 8}, {512, 256, 3, 3}, {.stride = 2, .padding = 1}},
      {"stage 4, shortcut", {128, 256, 8, 8}, {512, 256, 1, 1}, {.stride = 2}},
      {"stage 4", {128, 512, 4, 4}, {512, 512, 3, 3}, {.padding = 1}},
      {"LeNet 1", {64, 1, 28, 28}, {6, 1, 5, 5}, {.padding = 2}},
      {"LeNet 2", {64, 6, 14, 14}, {16, 6, 5, 5}, {}},
  };
  for (const Case& layer : kLayers) {
    const std::string kernels = ConvolutionKernels(layer.x, layer.w, DType::kF32, layer.options);
    EXPECT_THAT(kernels, Not(HasSubstr("ref"))) << layer.name;
    EXPECT_THAT(kernels, Not(HasSubstr("gemm"))) << layer.name;
  }
}

// Winograd halves the time of these layers, and multiplies that of a layer with three input channels.
TEST(ConvolutionKernelsTest, WinogradWhereItPays) {
#if defined(__x86_64__) && DNNL_VERSION_MAJOR < 3
  if (!__builtin_cpu_supports("avx512f")) GTEST_SKIP() << "oneDNN has Winograd kernels for AVX-512 only";
  const ConvolutionOptions options = {.padding = 1};
  for (const auto& [channels, size] : {std::pair(64, 32), std::pair(128, 16), std::pair(256, 8), std::pair(512, 4)}) {
    const std::string kernels =
        ConvolutionKernels({128, channels, size, size}, {channels, channels, 3, 3}, DType::kF32, options);
    EXPECT_THAT(kernels, MatchesRegex("jit_wino.*, jit_wino.*, jit_wino.*"));
  }
  EXPECT_THAT(ConvolutionKernels({128, 3, 32, 32}, {64, 3, 3, 3}, DType::kF32, options), Not(HasSubstr("wino")));
#else
  GTEST_SKIP() << "this oneDNN has no Winograd kernels";
#endif
}

TEST(ConvolutionDeathTest, AMistakeNamesShapesAndRule) {
  const Tensor x = Tensor::Zeros({1, 3, 8, 8}), w = Tensor::Zeros({4, 2, 3, 3});
  EXPECT_DEATH(Convolution(x, w, Tensor()), "x is \\[1, 3, 8, 8\\], w is \\[4, 2, 3, 3\\].*x.dim\\(1\\) must equal");
  EXPECT_DEATH(Convolution(x, Tensor::Zeros({4, 3, 3, 3}), Tensor::Zeros({3})), "b must be \\[4\\]");
  EXPECT_DEATH(ConvolutionBackwardData(x, Tensor::Zeros({3, 3, 3, 3}), {1, 3, 8, 8}),
               "dy is \\[1, 3, 8, 8\\], it must be \\[1, 3, 6, 6\\]");
  EXPECT_DEATH(Convolution(x, Cast(Tensor::Zeros({4, 3, 3, 3}), DType::kBF16), Tensor()), "w is bf16, it must be f32");
  const Tensor x64 = Cast(x, DType::kF64), w64 = Tensor::Zeros({4, 3, 3, 3}, DType::kF64);
  EXPECT_DEATH(Convolution(x64, Cast(w64, DType::kF32), Tensor()), "w is f32, it must be f64");
  EXPECT_DEATH(Convolution(x64, w64, Tensor::Zeros({4})), "operands are f64 and f32");
}

}  // namespace
}  // namespace dl
