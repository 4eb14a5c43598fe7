#include "modules/training/line_fit.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(LineFitTest, ALineIsFound) {
  const Line line = FitLine({0, 1, 4}, {3, 1, -5});
  EXPECT_DOUBLE_EQ(line.slope, -2);
  EXPECT_DOUBLE_EQ(line.intercept, 3);
}

TEST(LineFitTest, PointsBesideALineAreFittedByLeastSquares) {
  const Line line = FitLine({1, 2, 3, 4}, {6, 5, 7, 10});  // the example of textbooks: 3.5 + 1.4 x
  EXPECT_DOUBLE_EQ(line.slope, 1.4);
  EXPECT_DOUBLE_EQ(line.intercept, 3.5);
}

TEST(LineFitTest, TheExponentOfALawOfPowers) {
  EXPECT_NEAR(FitExponent({1, 10, 1000}, {5, 50, 5000}), 1, 1e-14);
  EXPECT_EQ(FitExponent({1, 10, 1000}, {0.1, 0.1, 0.1}), 0);
  EXPECT_NEAR(FitExponent({1, 4, 9}, {7, 3.5, 7.0 / 3}), -0.5, 1e-14);
}

TEST(LineFitDeathTest, WhatHasNoLine) {
  EXPECT_DEATH(FitLine({1, 1}, {2, 3}), "all x are 1");
  EXPECT_DEATH(FitLine({1, 2}, {2}), "2 x for 1 y");
  EXPECT_DEATH(FitExponent({1, 2}, {0, 3}), "0 has no logarithm");
}

}  // namespace
}  // namespace dl
