#include "modules/primitives/softmax.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"
#include "modules/primitives/permute.h"
#include "modules/primitives/reference/permute.h"
#include "modules/primitives/reference/softmax.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::Array;

struct Variant {
  const char* name;
  Tensor (*forward)(const Tensor&, int);
  Tensor (*backward)(const Tensor&, const Tensor&, int);
  Array<double> (*twin)(const Array<double>&);
  Array<double> (*twin_backward)(const Array<double>&, const Array<double>&);
};

const Variant kVariants[] = {
    {"Softmax", Softmax, SoftmaxBackward, reference::Softmax<double>, reference::SoftmaxBackward<double>},
    {"LogSoftmax", LogSoftmax, LogSoftmaxBackward, reference::LogSoftmax<double>,
     reference::LogSoftmaxBackward<double>},
};

// Classes of a batch; a row longer than a block; several threads' worth; attention scores; one class.
const Shape kShapes[] = {{64, 10}, {3, 5000}, {300, 33}, {2, 3, 4, 16}, {7}, {5, 1}};

Array<double> Scores(const Shape& shape) {
  Array<double> x = testing::RandomArray(shape, 1);
  for (double& value : x.values) value = static_cast<float>(10 * value);
  return x;
}

Tensor ToF32(const Array<double>& x) { return Cast(reference::ToTensor(x), DType::kF32); }

class SoftmaxTest : public ::testing::TestWithParam<Variant> {};

TEST_P(SoftmaxTest, ForwardEqualsItsTwin) {
  for (const Shape& shape : kShapes) {
    const Array<double> x = Scores(shape);
    EXPECT_LE(testing::RelativeL2(GetParam().forward(ToF32(x), -1), GetParam().twin(x)), testing::kF32Tolerance)
        << ToString(shape);
  }
}

TEST_P(SoftmaxTest, F64IsTheTwin) {
  const Tensor x = testing::RandomF64Tensor({3, 4, 7}, 1), dy = testing::RandomF64Tensor(x.shape(), 2);
  const Tensor y = GetParam().forward(x, -1);
  const Array<double> ay = reference::FromTensor<double>(y), ady = reference::FromTensor<double>(dy);
  EXPECT_TRUE(testing::IsExactly(y, GetParam().twin(reference::FromTensor<double>(x))));
  EXPECT_TRUE(testing::IsExactly(GetParam().backward(y, dy, -1), GetParam().twin_backward(ay, ady)));
  EXPECT_TRUE(testing::IsExactly(Permute(GetParam().forward(Permute(x, {0, 2, 1}), 1), {0, 2, 1}), ay));
}

TEST_P(SoftmaxTest, BackwardEqualsItsTwin) {
  for (const Shape& shape : kShapes) {
    const Tensor y = GetParam().forward(ToF32(Scores(shape)), -1), dy = testing::RandomTensor(shape, 2);
    if (y.dim(-1) == 1) {  // the output does not depend on the input
      EXPECT_LE(testing::RelativeL2(GetParam().backward(y, dy, -1), Array<double>(shape)), testing::kF32Tolerance);
      continue;
    }
    const auto expected = GetParam().twin_backward(reference::FromTensor<double>(y), reference::FromTensor<double>(dy));
    EXPECT_LE(testing::RelativeL2(GetParam().backward(y, dy, -1), expected), testing::kF32Tolerance) << ToString(shape);
  }
}

TEST_P(SoftmaxTest, TwinsDerivativeIsTheSlope) {
  const Array<double> x = testing::RandomArray({4, 5}, 1), dy = testing::RandomArray({4, 5}, 2);
  EXPECT_LE(testing::RelativeL2(GetParam().twin_backward(GetParam().twin(x), dy),
                                testing::NumericalGradient(GetParam().twin, x, dy)),
            1e-7);
}

TEST_P(SoftmaxTest, AnyAxisWillDo) {
  const Array<double> x = Scores({2, 10, 3, 4}), dy = testing::RandomArray(x.shape, 2);
  const std::vector<int> swap = {0, 3, 2, 1};
  const Array<double> y = GetParam().twin(reference::Permute(x, swap));
  const Array<double> dx = GetParam().twin_backward(y, reference::Permute(dy, swap));
  const Tensor fast = GetParam().forward(ToF32(x), 1);
  EXPECT_LE(testing::RelativeL2(fast, reference::Permute(y, swap)), testing::kF32Tolerance);
  EXPECT_LE(testing::RelativeL2(GetParam().backward(fast, ToF32(dy), -3), reference::Permute(dx, swap)),
            testing::kF32Tolerance);
}

INSTANTIATE_TEST_SUITE_P(All, SoftmaxTest, ::testing::ValuesIn(kVariants),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(SoftmaxEdgeTest, LargeScoresDoNotOverflowAndMaskedOnesAreZero) {
  const float infinity = std::numeric_limits<float>::infinity();
  const Tensor x = Tensor::Of({2, 2}, {1e30f, 1e30f, -infinity, 3});
  EXPECT_EQ(Softmax(x).values(), absl::Span<const float>({0.5f, 0.5f, 0, 1}));
  EXPECT_EQ(LogSoftmax(x).values()[2], -infinity);
  EXPECT_EQ(LogSoftmax(Tensor::Of({2}, {0, -200})).values()[1], -200.0f);  // whose softmax underflows
}

TEST(SoftmaxEdgeTest, ADivergedRowSaysSo) { EXPECT_TRUE(std::isnan(LogSoftmax(Tensor::Of({2}, {NAN, 0})).data()[0])); }

TEST(SoftmaxEdgeTest, NoRowsAreNoRows) { EXPECT_EQ(Softmax(Tensor::Zeros({0, 10})).shape(), (Shape{0, 10})); }

TEST(SoftmaxDeathTest, NamesTheMistake) {
  EXPECT_DEATH(Softmax(Tensor::Zeros({2, 3}), 2), "x is \\[2, 3\\], which has no axis 2");
  EXPECT_DEATH(LogSoftmax(Tensor({2}, DType::kBF16)), "x is bf16");
  EXPECT_DEATH(SoftmaxBackward(Tensor::Zeros({2, 3}), Tensor::Zeros({3})), "y is \\[2, 3\\], dy is \\[3\\]");
}

}  // namespace
}  // namespace dl
