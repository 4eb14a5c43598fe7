#include "modules/primitives/norm.h"

#include "gtest/gtest.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

TEST(NormTest, SumsTheSquares) {
  EXPECT_EQ(SumOfSquares(Tensor::Of({2, 2}, {1, -2, 3, -4})), 30);
  EXPECT_EQ(SumOfSquares(Cast(Tensor::Of({3}, {1, -2, 3}), DType::kF64)), 14);
  EXPECT_EQ(SumOfSquares(Tensor()), 0);
}

// Integers, whose squares add up exactly: what a lost or doubled chunk would change.
TEST(NormTest, EveryElementOfALongTensorCountsOnce) {
  const Tensor x = testing::IntegerTensor({3, 70001}, 1, 9);
  double expected = 0;
  for (const float v : x.values()) expected += v * v;
  EXPECT_EQ(SumOfSquares(x), expected);
}

// A blocked order pads 5 channels to 8 or 16 with zeros.
TEST(NormTest, PaddingDoesNotCount) {
  const Tensor x = testing::IntegerTensor({2, 5, 3, 3}, 2, 9);
  const onednn::Desc blocked(onednn::DimsOf(x.shape()), onednn::TypeOf(x.dtype()), dnnl::memory::format_tag::nChw16c);
  EXPECT_EQ(SumOfSquares(onednn::InOrder(x, blocked)), SumOfSquares(x));
}

TEST(NormDeathTest, NamesTheType) {
  EXPECT_DEATH(SumOfSquares(Tensor({2}, DType::kBF16)), "x is bf16, it must be f32 or f64");
}

}  // namespace
}  // namespace dl
