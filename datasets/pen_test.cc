#include "datasets/pen.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

float At(const Ink& ink, int64_t row, int64_t column) { return ink.values[row * ink.width + column]; }

TEST(PenTest, ALineInksWhatItsDistanceSays) {
  Ink ink(7, 9);
  DrawLine({{2.5f, 3.5f, 1.0f}, {6.5f, 3.5f, 1.0f}}, &ink);
  EXPECT_FLOAT_EQ(At(ink, 3, 4), 1.0f);  // on the line
  EXPECT_FLOAT_EQ(At(ink, 2, 4), 0.5f);  // on its edge
  EXPECT_FLOAT_EQ(At(ink, 1, 4), 0.0f);  // beyond
  EXPECT_FLOAT_EQ(At(ink, 3, 7), 0.5f);  // a round end: the edge is one radius behind it
  EXPECT_FLOAT_EQ(At(ink, 2, 7), 1.5f - std::sqrt(2.0f));
  EXPECT_FLOAT_EQ(At(ink, 3, 8), 0.0f);
}

TEST(PenTest, TheRadiusGrowsAlongTheLine) {
  Ink ink(9, 12);
  DrawLine({{1.5f, 4.5f, 0.5f}, {9.5f, 4.5f, 2.5f}}, &ink);
  EXPECT_FLOAT_EQ(At(ink, 3, 1), 0.0f);
  EXPECT_FLOAT_EQ(At(ink, 3, 5), 1.0f);  // radius 1.5 at one pixel from the line
  EXPECT_FLOAT_EQ(At(ink, 2, 5), 0.0f);
  EXPECT_FLOAT_EQ(At(ink, 2, 9), 1.0f);
}

TEST(PenTest, SoftnessWidensTheEdge) {
  Ink ink(9, 9);
  DrawLine({{0.0f, 4.5f, 1.0f}, {9.0f, 4.5f, 1.0f}}, &ink, 4.0f);
  EXPECT_FLOAT_EQ(At(ink, 4, 4), 0.75f);
  EXPECT_FLOAT_EQ(At(ink, 2, 4), 0.25f);
}

TEST(PenTest, OnePointIsADotAndNoPointNothing) {
  Ink ink(3, 3);
  DrawLine({}, &ink);
  EXPECT_FLOAT_EQ(At(ink, 1, 1), 0.0f);
  DrawLine({{1.5f, 1.5f, 0.5f}}, &ink);
  EXPECT_FLOAT_EQ(At(ink, 1, 1), 1.0f);
  EXPECT_FLOAT_EQ(At(ink, 0, 0), 0.0f);
}

TEST(PenTest, WhereLinesCrossTheDarkerCounts) {
  Ink ink(3, 3);
  for (int twice = 0; twice < 2; ++twice) DrawLine({{1.5f, 1.5f, 0.25f}}, &ink);
  EXPECT_FLOAT_EQ(At(ink, 1, 1), 0.75f);
}

TEST(PenTest, WhatLiesOutsideIsCut) {
  Ink ink(4, 4);
  DrawLine({{-50.0f, 2.0f, 1.0f}, {50.0f, 2.0f, 1.0f}}, &ink);
  DrawLine({{-50.0f, -50.0f, 3.0f}}, &ink);
  DrawLine({{90.0f, 90.0f, 3.0f}}, &ink);
  EXPECT_FLOAT_EQ(At(ink, 1, 0), 1.0f);
  EXPECT_FLOAT_EQ(At(ink, 1, 3), 1.0f);
}

}  // namespace
}  // namespace dl
