#include "modules/primitives/reduction.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/reference/reduction.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::Array;

struct Case {
  Shape shape;
  std::vector<int> axes;
};

const Case kCases[] = {
    {{64, 128}, {0}},            // a bias gradient: columns
    {{64, 128}, {1}},            // rows
    {{7}, {0}},                  // to a scalar
    {{3, 5, 7, 11}, {0, 2, 3}},  // channel sums
    {{3, 5, 7, 11}, {1}},
    {{3, 5, 7, 11}, {1, 3}},
    {{3, 5, 7, 11}, {0, 1, 2, 3}},
    {{2, 1, 33}, {1}},  // an extent of 1
    {{3, 300}, {0}},    // more than one strip of columns
    {{40000}, {0}},     // more than one chunk of a row
    {{300, 200}, {1}},  // long enough for several threads
    {{2, 3}, {}},
};

class ReductionTest : public ::testing::TestWithParam<std::tuple<Reduction, Case>> {
 protected:
  const Reduction f = std::get<0>(GetParam());
  const Shape shape = std::get<1>(GetParam()).shape;
  const std::vector<int> axes = std::get<1>(GetParam()).axes;
};

TEST_P(ReductionTest, EqualsItsTwin) {
  const Tensor x = testing::RandomTensor(shape, 1);
  const Tensor y = Reduce(f, x, axes, /*keep_dims=*/true);
  const Array<double> expected = reference::Reduce(f, reference::FromTensor<double>(x), axes);
  EXPECT_LE(testing::RelativeL2(y, expected), testing::kF32Tolerance);
  const Tensor squeezed = Reduce(f, x, axes);
  EXPECT_EQ(squeezed.rank(), x.rank() - static_cast<int>(axes.size()));
  EXPECT_EQ(squeezed.values(), y.values());
}

TEST_P(ReductionTest, IsExactOnIntegers) {
  if (f == Reduction::kMean) GTEST_SKIP() << "a mean of integers is no integer";
  const Tensor x = testing::IntegerTensor(shape, 1);
  EXPECT_EQ(testing::RelativeL2(Reduce(f, x, axes, true), reference::Reduce(f, reference::FromTensor<double>(x), axes)),
            0.0);
}

TEST_P(ReductionTest, BackwardEqualsItsTwin) {
  const Tensor x = testing::IntegerTensor(shape, 1);  // with ties
  const Tensor dy = testing::RandomTensor(reference::KeepDims(shape, axes), 2);
  const Array<double> expected =
      reference::ReduceBackward(f, reference::FromTensor<double>(x), axes, reference::FromTensor<double>(dy));
  EXPECT_LE(testing::RelativeL2(ReduceBackward(f, x, axes, dy), expected), 1e-7);
}

TEST_P(ReductionTest, F64IsTheTwin) {
  const Tensor x = testing::RandomF64Tensor(shape, 1);
  const Array<double> ax = reference::FromTensor<double>(x), expected = reference::Reduce(f, ax, axes);
  EXPECT_TRUE(testing::IsExactly(Reduce(f, x, axes, /*keep_dims=*/true), expected));
  const Tensor squeezed = Reduce(f, x, axes), dy = testing::RandomF64Tensor(squeezed.shape(), 2);
  EXPECT_EQ(squeezed.rank(), x.rank() - static_cast<int>(axes.size()));
  EXPECT_TRUE(testing::IsExactly(ReduceBackward(f, x, axes, dy),
                                 reference::ReduceBackward(f, ax, axes, reference::FromTensor<double>(dy))));
}

INSTANTIATE_TEST_SUITE_P(All, ReductionTest,
                         ::testing::Combine(::testing::Values(Reduction::kSum, Reduction::kMean, Reduction::kMax),
                                            ::testing::ValuesIn(kCases)));

TEST(ReductionTwinTest, DerivativeIsTheSlope) {
  const Array<double> x = testing::RandomArray({3, 4, 5}, 1);
  for (const Reduction f : {Reduction::kSum, Reduction::kMean, Reduction::kMax}) {
    const std::vector<int> axes = {0, 2};
    const Array<double> dy = testing::RandomArray({1, 4, 1}, 2);
    const auto slope =
        testing::NumericalGradient([&](const Array<double>& p) { return reference::Reduce(f, p, axes); }, x, dy);
    EXPECT_LE(testing::RelativeL2(reference::ReduceBackward(f, x, axes, dy), slope), 1e-7) << ToString(f);
  }
}

// 1 + 2^-24 rounds to 1 in f32: a sum in f32 would stay at 1 for ever.
TEST(ReductionTest, LongSumsDoNotLoseSmallTerms) {
  const int64_t n = 1 << 20;
  Tensor row = Tensor::Full({n}, 0x1p-24f);
  row.mutable_data()[0] = 1.0f;
  const auto exact = static_cast<float>(1.0 + (n - 1) * 0x1p-24);
  EXPECT_EQ(Reduce(Reduction::kSum, row).item(), exact);
  Tensor columns = Tensor::Full({n, 2}, 0x1p-24f);
  columns.mutable_data()[0] = columns.mutable_data()[1] = 1.0f;
  EXPECT_EQ(Reduce(Reduction::kSum, columns, {0}).values(), absl::Span<const float>({exact, exact}));
}

TEST(ReductionTest, AMaximumPassesOverNaNs) {
  const Tensor x = Tensor::Of({2, 2}, {NAN, 1, -3, -2});
  EXPECT_EQ(Reduce(Reduction::kMax, x, {1}).values(), absl::Span<const float>({1, -2}));
  EXPECT_EQ(Reduce(Reduction::kMax, x, {0}).values(), absl::Span<const float>({-3, 1}));
  EXPECT_EQ(Reduce(Reduction::kMax, Cast(x, DType::kF64)).item(), 1);
}

TEST(ReductionTest, NegativeAxesCountFromTheEnd) {
  const Tensor x = testing::IntegerTensor({2, 3, 4}, 1);
  EXPECT_EQ(Reduce(Reduction::kSum, x, {-1, 0}).values(), Reduce(Reduction::kSum, x, {0, 2}).values());
}

TEST(ReductionTest, EmptySumsAreZero) {
  EXPECT_EQ(Reduce(Reduction::kSum, Tensor::Zeros({0, 2}), {0}).values(), absl::Span<const float>({0, 0}));
  EXPECT_EQ(Reduce(Reduction::kMax, Tensor::Zeros({0, 2}), {1}).size(), 0);
}

TEST(ReduceToTest, EqualsItsTwin) {
  const Tensor x = testing::IntegerTensor({4, 3, 5}, 1);
  for (const Shape& shape : std::vector<Shape>{{4, 3, 5}, {3, 5}, {5}, {}, {1, 1, 5}, {4, 1, 5}, {3, 1}, {1}}) {
    EXPECT_TRUE(testing::IsExactly(ReduceTo(Cast(x, DType::kF64), shape),
                                   reference::ReduceTo(reference::FromTensor<double>(x), shape)));
    EXPECT_EQ(testing::RelativeL2(ReduceTo(x, shape), reference::ReduceTo(reference::FromTensor<double>(x), shape)),
              0.0)
        << ToString(shape);
  }
  EXPECT_EQ(ReduceTo(x, x.shape()).raw(), x.raw());
}

TEST(ArgMaxTest, FindsTheFirstOfEachRow) {
  EXPECT_EQ(ArgMax(Tensor::Of({3, 3}, {1, 2, 0, 5, 5, 1, -2, -3, -1})), (std::vector<int64_t>{1, 0, 2}));
  const Tensor x = testing::RandomTensor({2, 3, 4}, 1);
  EXPECT_EQ(ArgMax(x).size(), 6u);
  EXPECT_EQ(ArgMax(x), ArgMax(Cast(x, DType::kF64)));
}

TEST(ReductionDeathTest, NamesTheMistake) {
  const Tensor x = Tensor::Zeros({2, 3});
  EXPECT_DEATH(Reduce(Reduction::kSum, x, {2}), "axis 2 of x \\[2, 3\\]");
  EXPECT_DEATH(Reduce(Reduction::kSum, x, {1, -1}), "axis -1 of x \\[2, 3\\] is given twice");
  EXPECT_DEATH(Reduce(Reduction::kMean, Tensor::Zeros({0})), "no elements to reduce");
  EXPECT_DEATH(Reduce(Reduction::kSum, Tensor({2}, DType::kBF16)), "x is bf16");
  EXPECT_DEATH(ReduceBackward(Reduction::kSum, x, {1}, x), "dy is \\[2, 3\\], x \\[2, 3\\] reduces to 2 elements");
  EXPECT_DEATH(ReduceTo(x, {2}), "do not broadcast");
  EXPECT_DEATH(ReduceTo(Tensor::Zeros({1, 3}), {2, 3}), "does not broadcast to x's");
  EXPECT_DEATH(ArgMax(Tensor::Zeros({2, 0})), "must have an element");
}

}  // namespace
}  // namespace dl
