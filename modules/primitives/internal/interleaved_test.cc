#include "modules/primitives/internal/interleaved.h"

#include "gtest/gtest.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

TEST(InterleavedTest, OneVectorHoldsOneElementOfSixteenImages) {
  const Tensor x = testing::RandomTensor({19, 2, 3, 2}, 1);
  EXPECT_FALSE(interleaved::Is(x));
  const Tensor y = onednn::InOrder(x, interleaved::DescOf(x.shape()));
  EXPECT_TRUE(interleaved::Is(y));
  ASSERT_EQ(interleaved::Groups(19), 2);
  const int64_t elements = 2 * 3 * 2;
  for (int64_t n = 0; n < 19; ++n) {
    for (int64_t e = 0; e < elements; ++e) {
      EXPECT_EQ(interleaved::Vectors(y)[n / 16 * elements + e][n % 16], x.data()[n * elements + e]);
    }
  }
}

TEST(InterleavedTest, LackingImagesAreCleared) {
  Tensor x = interleaved::Make({18, 1, 1, 2});
  for (int i = 0; i < 4; ++i) interleaved::MutableVectors(x)[i] = Vector{} + 7.0f;
  interleaved::ClearLacking(x);
  for (int64_t lane = 0; lane < 16; ++lane) {
    EXPECT_EQ(interleaved::Vectors(x)[0][lane], 7);
    EXPECT_EQ(interleaved::Vectors(x)[3][lane], lane < 2 ? 7 : 0);
  }
}

}  // namespace
}  // namespace dl
