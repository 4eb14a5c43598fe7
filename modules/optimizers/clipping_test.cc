#include "modules/optimizers/clipping.h"

#include "gtest/gtest.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

std::vector<Tensor> ThreeFourTwelve() { return {Tensor::Of({2}, {3, -4}), Tensor::Of({1, 1}, {12})}; }

TEST(ClippingTest, TheNormIsThatOfAllTensorsTogether) {
  EXPECT_EQ(GlobalNorm(ThreeFourTwelve()), 13);
  EXPECT_EQ(GlobalNorm({}), 0);
}

TEST(ClippingTest, LongGradientsAreScaledAndShortOnesLeft) {
  const auto clipped = ClippedByGlobalNorm(ThreeFourTwelve(), 6.5);
  EXPECT_FLOAT_EQ(clipped[0].data()[0], 1.5f);
  EXPECT_FLOAT_EQ(clipped[0].data()[1], -2);
  EXPECT_FLOAT_EQ(clipped[1].data()[0], 6);
  const auto left = ClippedByGlobalNorm(ThreeFourTwelve(), 13);
  EXPECT_EQ(left[1].data()[0], 12);
}

TEST(ClippingTest, TheInnerOptimizerGetsTheClippedOnes) {
  const Variable a = Cast(Tensor::Zeros({2}), DType::kF64), b = Tensor::Zeros({1, 1});
  auto optimizer = ClipByGlobalNorm(6.5, Sgd({a, b}, {.rate = Constant(1)}));
  optimizer->Step({Cast(ThreeFourTwelve()[0], DType::kF64), ThreeFourTwelve()[1]});
  EXPECT_DOUBLE_EQ(a.value().data_f64()[1], 2);
  EXPECT_FLOAT_EQ(b.value().item(), -6);
  EXPECT_EQ(optimizer->step(), 1);
}

TEST(ClippingDeathTest, ALimitIsPositive) { EXPECT_DEATH(ClippedByGlobalNorm({}, 0), "must be positive"); }

}  // namespace
}  // namespace dl
