#include "modules/primitives/residual_sum.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/elementwise.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

const Shape kShape = {3, 5, 7, 11};

TEST(ResidualSumTest, IsTheSumRectified) {
  const Tensor a = testing::RandomTensor(kShape, 1), b = testing::RandomTensor(kShape, 2);
  const Tensor y = AddReLU(a, b), expected = Apply(Elementwise::kReLU, Add(a, b));
  for (int64_t i = 0; i < y.size(); ++i) ASSERT_EQ(y.data()[i], expected.data()[i]);
}

// bf16 numbers have 8 bits: their sum is exact in f32 or nearly so, and is then rounded once, to half a unit in 2^8.
TEST(ResidualSumTest, RoundsOnceInBf16) {
  const Tensor a = Cast(testing::RandomTensor(kShape, 1), DType::kBF16);
  const Tensor b = Cast(testing::RandomTensor(kShape, 2), DType::kBF16);
  const Tensor y = Cast(AddReLU(a, b), DType::kF32);
  const Tensor expected = Cast(Cast(AddReLU(Cast(a, DType::kF32), Cast(b, DType::kF32)), DType::kBF16), DType::kF32);
  for (int64_t i = 0; i < y.size(); ++i) ASSERT_EQ(y.data()[i], expected.data()[i]);
}

TEST(ResidualSumTest, LetsNaNThrough) {
  const Tensor nan = Tensor::Full({2}, std::numeric_limits<double>::quiet_NaN()), one = Tensor::Full({2}, 1);
  EXPECT_TRUE(std::isnan(AddReLU(nan, one).data()[0]));
  const Tensor half = AddReLU(Cast(nan, DType::kBF16), Cast(one, DType::kBF16));
  EXPECT_TRUE(std::isnan(Cast(half, DType::kF32).data()[0]));
}

TEST(ResidualSumDeathTest, ShapesMustBeEqual) {
  EXPECT_DEATH(AddReLU(Tensor::Zeros({2, 3}), Tensor::Zeros({3})), "a is f32 \\[2, 3\\], b is f32 \\[3\\]");
}

}  // namespace
}  // namespace dl
