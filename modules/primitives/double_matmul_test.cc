#include "modules/primitives/double_matmul.h"

#include "gtest/gtest.h"
#include "modules/primitives/reference/matmul.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// Sums of 300 products, in another order than the twin's: some roundings of the last of 53 bits.
constexpr double kTolerance = 1e-14;

TEST(DoubleMatMulTest, IsTheTwinInEveryOrientation) {
  for (const bool a : {false, true}) {
    for (const bool b : {false, true}) {
      const Tensor left = testing::RandomF64Tensor(a ? Shape{300, 40} : Shape{40, 300}, 1);
      const Tensor right = testing::RandomF64Tensor(b ? Shape{70, 300} : Shape{300, 70}, 2);
      const auto twin = reference::MatMul(reference::FromTensor<double>(left), reference::FromTensor<double>(right),
                                          Transposed{.a = a, .b = b});
      const Tensor c = DoubleMatMul(left, right, {.a = a, .b = b});
      EXPECT_EQ(c.dtype(), DType::kF64);
      EXPECT_LT(testing::RelativeL2(c, twin), kTolerance) << a << b;
    }
  }
}

TEST(DoubleMatMulTest, AGramMatrixIsSymmetricToTheLastBit) {
  const Tensor x = testing::RandomF64Tensor({67, 130}, 3);
  for (const bool transposed : {false, true}) {
    const Tensor gram = DoubleGram(x, transposed);
    const int64_t m = transposed ? 130 : 67;
    ASSERT_EQ(gram.shape(), (Shape{m, m}));
    for (int64_t i = 0; i < m * m; ++i) {
      ASSERT_EQ(gram.data_f64()[i], gram.data_f64()[i % m * m + i / m]);
    }
    const auto twin = reference::MatMul(reference::FromTensor<double>(x), reference::FromTensor<double>(x),
                                        Transposed{.a = transposed, .b = !transposed});
    EXPECT_LT(testing::RelativeL2(gram, twin), kTolerance);
  }
}

TEST(DoubleMatMulTest, NoElementsMakeZeros) {
  const Tensor c = DoubleMatMul(Tensor({2, 0}, DType::kF64), Tensor({0, 3}, DType::kF64));
  ASSERT_EQ(c.shape(), (Shape{2, 3}));
  for (int i = 0; i < 6; ++i) EXPECT_EQ(c.data_f64()[i], 0);
}

TEST(DoubleMatMulDeathTest, WhatDoesNotFit) {
  const Tensor a({2, 3}, DType::kF64);
  EXPECT_DEATH(DoubleMatMul(a, a), "inner extents must be equal");
  EXPECT_DEATH(DoubleMatMul(a, Tensor({3}, DType::kF64)), "both must be matrices");
}

}  // namespace
}  // namespace dl
