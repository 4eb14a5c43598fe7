#include "modules/primitives/matmul.h"

#include <tuple>

#include "gtest/gtest.h"
#include "modules/primitives/reference/matmul.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::Array;
using reference::FromTensor;
using testing::RandomTensor;
using testing::RelativeL2;

struct Extents {
  int64_t m, n, k;
};

// Small, odd, and large enough for either library and for several threads.
constexpr Extents kExtents[] = {{1, 1, 1},      {3, 5, 7},      {64, 10, 64}, {127, 65, 33},
                                {64, 128, 784}, {128, 784, 64}, {7, 32, 1},   {300, 512, 400}};

class MatMulTest : public ::testing::TestWithParam<std::tuple<Extents, bool, bool>> {
 protected:
  Shape ShapeA() const { return transposed_.a ? Shape{e_.k, e_.m} : Shape{e_.m, e_.k}; }
  Shape ShapeB() const { return transposed_.b ? Shape{e_.n, e_.k} : Shape{e_.k, e_.n}; }
  Extents e_ = std::get<0>(GetParam());
  Transposed transposed_{std::get<1>(GetParam()), std::get<2>(GetParam())};
};

TEST_P(MatMulTest, EqualsItsTwin) {
  const Tensor a = RandomTensor(ShapeA(), 1), b = RandomTensor(ShapeB(), 2);
  const auto expected = reference::MatMul(FromTensor<double>(a), FromTensor<double>(b), transposed_);
  EXPECT_LE(RelativeL2(MatMul(a, b, transposed_), expected), testing::kF32Tolerance);
}

TEST_P(MatMulTest, IsExactOnSmallIntegers) {
  const Tensor a = testing::IntegerTensor(ShapeA(), 1), b = testing::IntegerTensor(ShapeB(), 2);
  const auto expected = reference::MatMul(FromTensor<float>(a), FromTensor<float>(b), transposed_);
  EXPECT_EQ(FromTensor<float>(MatMul(a, b, transposed_)).values, expected.values);
}

TEST_P(MatMulTest, F64IsTheTwin) {
  if (e_.m * e_.n * e_.k > 100000) GTEST_SKIP() << "one size is as good as another, and twins are slow";
  const Tensor a = testing::RandomF64Tensor(ShapeA(), 1), b = testing::RandomF64Tensor(ShapeB(), 2);
  EXPECT_TRUE(testing::IsExactly(MatMul(a, b, transposed_),
                                 reference::MatMul(FromTensor<double>(a), FromTensor<double>(b), transposed_)));
}

INSTANTIATE_TEST_SUITE_P(All, MatMulTest,
                         ::testing::Combine(::testing::ValuesIn(kExtents), ::testing::Bool(), ::testing::Bool()));

TEST(AffineTest, EqualsItsTwin) {
  const Tensor x = RandomTensor({64, 784}, 1), w = RandomTensor({128, 784}, 2), b = RandomTensor({128}, 3);
  const auto expected = reference::Affine(FromTensor<double>(x), FromTensor<double>(w), FromTensor<double>(b));
  EXPECT_LE(RelativeL2(Affine(x, w, b), expected), testing::kF32Tolerance);
}

TEST(AffineTest, F64IsTheTwin) {
  using testing::RandomF64Tensor;
  const Tensor x = RandomF64Tensor({4, 3}, 1), w = RandomF64Tensor({5, 3}, 2), b = RandomF64Tensor({5}, 3);
  EXPECT_TRUE(testing::IsExactly(
      Affine(x, w, b), reference::Affine(FromTensor<double>(x), FromTensor<double>(w), FromTensor<double>(b))));
}

// y is linear in each argument, so that central differences have no truncation error: rounding, 1e-16 / h, remains.
TEST(AffineTest, TwinsDerivativeIsTheSlope) {
  using testing::NumericalGradient;
  using testing::RandomArray;
  const auto x = RandomArray({4, 3}, 1), w = RandomArray({5, 3}, 2), b = RandomArray({5}, 3), dy = RandomArray({4, 5}, 4);
  const auto gradients = reference::AffineBackward(x, w, dy);
  using Array = Array<double>;
  EXPECT_LE(RelativeL2(gradients.dx, NumericalGradient([&](const Array& v) { return Affine(v, w, b); }, x, dy)), 1e-10);
  EXPECT_LE(RelativeL2(gradients.dw, NumericalGradient([&](const Array& v) { return Affine(x, v, b); }, w, dy)), 1e-10);
  EXPECT_LE(RelativeL2(gradients.db, NumericalGradient([&](const Array& v) { return Affine(x, w, v); }, b, dy)), 1e-10);
}

TEST(MatMulTest, AnEmptySumIsZero) {
  const Tensor c = MatMul(Tensor::Zeros({2, 0}), Tensor::Zeros({0, 3}));
  EXPECT_EQ(c.shape(), (Shape{2, 3}));
  for (float value : c.values()) EXPECT_EQ(value, 0.0f);
}

TEST(MatMulDeathTest, NamesBothShapesAndTheRule) {
  EXPECT_DEATH(MatMul(Tensor::Zeros({3, 4}), Tensor::Zeros({5, 6})),
               "MatMul: a is \\[3, 4\\], b is \\[5, 6\\]; a.dim\\(1\\) must equal b.dim\\(0\\)");
  EXPECT_DEATH(MatMul(Tensor::Zeros({3, 4}), Tensor::Zeros({5, 6}), {.b = true}), "a.dim\\(1\\) must equal b.dim\\(1\\)");
  EXPECT_DEATH(MatMul(Tensor::Zeros({3}), Tensor::Zeros({3, 1})), "both must be matrices");
  EXPECT_DEATH(MatMul(Tensor::Zeros({3, 4}), Tensor::Zeros({4, 3}, DType::kF64)), "MatMul: operands are f32 and f64");
  EXPECT_DEATH(Affine(Tensor::Zeros({3, 4}), Tensor::Zeros({5, 4}), Tensor::Zeros({4})), "\\[N, D\\], \\[K, D\\] and \\[K\\]");
}

}  // namespace
}  // namespace dl
