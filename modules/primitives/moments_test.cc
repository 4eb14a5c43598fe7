#include "modules/primitives/moments.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(MomentsTest, AreThoseOfASmallExample) {
  const Tensor x = Tensor::Of({2, 2}, {1, 2, 3, 6});
  EXPECT_DOUBLE_EQ(MomentsOf(x).mean, 3);
  EXPECT_DOUBLE_EQ(MomentsOf(x).variance, 3.5);      // (4 + 1 + 0 + 9) / 4
  EXPECT_DOUBLE_EQ(MomentsOf(x).mean_square, 12.5);  // (1 + 4 + 9 + 36) / 4
  EXPECT_DOUBLE_EQ(RootMeanSquare(x), std::sqrt(12.5));
  EXPECT_DOUBLE_EQ(EuclideanNorm(x), std::sqrt(50.0));
}

// The squares of these leave the range of f32.
TEST(MomentsTest, SquaresNeitherOverflowNorUnderflow) {
  EXPECT_FLOAT_EQ(static_cast<float>(RootMeanSquare(Tensor::Full({3}, 1e30f))), 1e30f);
  EXPECT_FLOAT_EQ(static_cast<float>(RootMeanSquare(Tensor::Full({3}, 1e-30f))), 1e-30f);
}

TEST(MomentsTest, WhatIsNoNumberShows) {
  EXPECT_TRUE(std::isnan(RootMeanSquare(Tensor::Of({2}, {1, std::numeric_limits<float>::quiet_NaN()}))));
  EXPECT_TRUE(std::isinf(RootMeanSquare(Tensor::Of({2}, {1, std::numeric_limits<float>::infinity()}))));
}

TEST(MomentsDeathTest, NoElementsHaveNoMean) { EXPECT_DEATH(MomentsOf(Tensor()), "no elements have no mean"); }

}  // namespace
}  // namespace dl
