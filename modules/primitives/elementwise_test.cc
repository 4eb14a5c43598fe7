#include "modules/primitives/elementwise.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"
#include "modules/primitives/reference/elementwise.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::Array;

// Random points, made positive where the function wants that.
Tensor Points(Elementwise f) {
  Tensor x = testing::RandomTensor({3, 5, 7}, 1);
  if (f == Elementwise::kSqrt) {
    for (int64_t i = 0; i < x.size(); ++i) x.mutable_data()[i] = 0.1f + std::abs(x.data()[i]);
  }
  return x;
}

class ElementwiseTest : public ::testing::TestWithParam<Elementwise> {};

TEST_P(ElementwiseTest, ForwardEqualsItsTwin) {
  const Tensor x = Points(GetParam());
  Array<double> expected = reference::FromTensor<double>(x);
  for (double& value : expected.values) value = reference::Apply(GetParam(), value);
  EXPECT_LE(testing::RelativeL2(Apply(GetParam(), x), expected), testing::kF32Tolerance);
}

TEST_P(ElementwiseTest, BackwardEqualsItsTwin) {
  const Tensor x = Points(GetParam()), dy = testing::RandomTensor(x.shape(), 2);
  Array<double> expected = reference::FromTensor<double>(x);
  for (size_t i = 0; i < expected.values.size(); ++i) {
    expected.values[i] = reference::Derivative(GetParam(), expected.values[i]) * dy.data()[i];
  }
  const Tensor kept = DerivativeReadsOutput(GetParam()) ? Apply(GetParam(), x) : x;
  EXPECT_LE(testing::RelativeL2(ApplyBackward(GetParam(), kept, dy), expected), testing::kF32Tolerance);
}

TEST_P(ElementwiseTest, F64IsTheTwin) {
  Tensor x = testing::RandomF64Tensor({3, 5, 7}, 1);
  if (GetParam() == Elementwise::kSqrt) x = Apply(Elementwise::kAbs, x);
  const Array<double> ax = reference::FromTensor<double>(x), ay = reference::Apply(GetParam(), ax);
  const Tensor y = Apply(GetParam(), x), dy = testing::RandomF64Tensor(x.shape(), 2);
  EXPECT_TRUE(testing::IsExactly(y, ay));
  const Tensor dx = ApplyBackward(GetParam(), DerivativeReadsOutput(GetParam()) ? y : x, dy);
  EXPECT_EQ(dx.dtype(), DType::kF64);
  const Array<double> expected =
      reference::ApplyBackward(GetParam(), reference::Derivative<double>, ax, reference::FromTensor<double>(dy));
  EXPECT_LE(testing::RelativeL2(dx, expected), DerivativeReadsOutput(GetParam()) ? 1e-15 : 0.0);
}

// Central differences in double, h = 1e-5: truncation h² f''' / 6 and rounding 1e-16 / h are both about 1e-11.
TEST_P(ElementwiseTest, TwinsDerivativeIsTheSlope) {
  const Tensor x = Points(GetParam());
  for (float point : x.values()) {
    const double h = 1e-5, p = point;
    const double slope =
        (reference::Apply(GetParam(), p + h) - reference::Apply(GetParam(), p - h)) / (2 * h);
    EXPECT_NEAR(reference::Derivative(GetParam(), p), slope, 1e-7 * std::max(1.0, std::abs(slope)));
  }
}

TEST_P(ElementwiseTest, NameAndValueAgree) {
  const auto parsed = ParseElementwise(ToString(GetParam()));
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(*parsed, GetParam());
}

INSTANTIATE_TEST_SUITE_P(All, ElementwiseTest, ::testing::ValuesIn(AllElementwise()),
                         [](const auto& info) { return std::string(ToString(info.param)); });

TEST(RectifierTest, KeepsInfinityAndNaNApart) {
  const float infinity = std::numeric_limits<float>::infinity();
  const Tensor y = Apply(Elementwise::kReLU, Tensor::Of({4}, {-infinity, infinity, std::nanf(""), -1}));
  EXPECT_EQ(y.data()[0], 0.0f);
  EXPECT_EQ(y.data()[1], infinity);
  EXPECT_TRUE(std::isnan(y.data()[2]));
  EXPECT_EQ(y.data()[3], 0.0f);
  EXPECT_TRUE(std::isnan(reference::Apply(Elementwise::kReLU, std::nan(""))));
}

TEST(ElementwiseNameTest, AMisspeltNameGetsTheNearest) {
  EXPECT_NE(ParseElementwise("sigmiod").status().message().find("did you mean 'sigmoid'?"), absl::string_view::npos);
}

TEST(ElementwiseDeathTest, BackwardNamesBothShapes) {
  EXPECT_DEATH(ApplyBackward(Elementwise::kReLU, Tensor::Zeros({2}), Tensor::Zeros({3})),
               "x is \\[2\\], dy is \\[3\\]");
  EXPECT_DEATH(ApplyBackward(Elementwise::kReLU, Tensor::Zeros({2}, DType::kF64), Tensor::Zeros({2})),
               "operands are f64 and f32");
}

}  // namespace
}  // namespace dl
