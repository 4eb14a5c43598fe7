#include "modules/primitives/permute.h"

#include "gtest/gtest.h"
#include "modules/primitives/reference/permute.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

TEST(PermuteTest, EqualsItsTwin) {
  const Tensor x = testing::IntegerTensor({2, 3, 4, 5}, 1);
  for (const std::vector<int>& axes :
       std::vector<std::vector<int>>{{0, 1, 2, 3}, {3, 2, 1, 0}, {0, 2, 3, 1}, {1, 0, 3, 2}}) {
    const auto expected = reference::Permute(reference::FromTensor<double>(x), axes);
    EXPECT_EQ(testing::RelativeL2(Permute(x, axes), expected), 0.0);
    EXPECT_EQ(testing::RelativeL2(Permute(Cast(x, DType::kBF16), axes), expected), 0.0);
    EXPECT_TRUE(testing::IsExactly(Permute(Cast(x, DType::kF64), axes), expected));
  }
}

TEST(PermuteTest, TransposesMatrices) {
  EXPECT_EQ(Transpose(Tensor::Of({2, 3}, {1, 2, 3, 4, 5, 6})).values(), absl::Span<const float>({1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(Transpose(Tensor::Zeros({0, 3})).shape(), (Shape{3, 0}));
  EXPECT_EQ(Transpose(testing::RandomTensor({1, 7}, 1)).shape(), (Shape{7, 1}));
}

TEST(PermuteDeathTest, NamesTheMistake) {
  const Tensor x = Tensor::Zeros({2, 3});
  EXPECT_DEATH(Permute(x, {0}), "x is \\[2, 3\\], axes are \\[0\\]");
  EXPECT_DEATH(Permute(x, {1, 1}), "must be named once");
  EXPECT_DEATH(Transpose(Tensor::Zeros({2})), "must be a matrix");
}

}  // namespace
}  // namespace dl
