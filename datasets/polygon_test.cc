#include "datasets/polygon.h"

#include <cmath>
#include <numeric>

#include "gtest/gtest.h"

namespace dl {
namespace {

Outline Box(float left, float top, float right, float bottom) {
  return {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

Outline Reversed(Outline outline) { return {outline.rbegin(), outline.rend()}; }

double Sum(const Ink& ink) { return std::accumulate(ink.values.begin(), ink.values.end(), 0.0); }

TEST(PolygonTest, APixelGetsTheShareThatLiesInside) {
  const Ink ink = FillOutlines({Box(0.5f, 0.25f, 2.0f, 2.0f)}, 3, 3);
  EXPECT_EQ(ink.values, (std::vector<float>{0.375f, 0.75f, 0, 0.5f, 1, 0, 0, 0, 0}));
}

TEST(PolygonTest, ASlantedEdgeCutsPixelsExactly) {
  const Ink ink = FillOutlines({{{0, 0}, {4, 2}, {0, 2}}}, 2, 4);
  const std::vector<float> wanted = {0.75f, 0.25f, 0, 0, 1, 1, 0.75f, 0.25f};
  for (size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(ink.values[i], wanted[i], 1e-6) << i;
}

TEST(PolygonTest, TheDirectionDoesNotMatterAndAnInnerOneCutsAHole) {
  const Outline box = Box(1, 1, 7, 7), hole = Box(3, 3, 5, 5);
  EXPECT_EQ(FillOutlines({box}, 8, 8).values, FillOutlines({Reversed(box)}, 8, 8).values);
  EXPECT_NEAR(Sum(FillOutlines({box, Reversed(hole)}, 8, 8)), 32, 1e-5);
  EXPECT_EQ(FillOutlines({box, Reversed(hole)}, 8, 8).values[4 * 8 + 4], 0);
}

// The image of a part is the part of the image.
TEST(PolygonTest, WhatLiesOutsideTheImageIsCutOffExactly) {
  const Outline star = {{20, 1},  {24, 14}, {38, 15}, {27, 23}, {31, 37},
                        {20, 29}, {8, 38},  {12, 24}, {1, 15},  {15, 14}};
  const Ink whole = FillOutlines({star}, 40, 40);
  Outline moved = star;
  for (Place& p : moved) p = {p.x - 17, p.y - 4};
  const Ink part = FillOutlines({moved}, 16, 10);
  for (int row = 0; row < 16; ++row) {
    for (int column = 0; column < 10; ++column) {
      EXPECT_NEAR(part.values[row * 10 + column], whole.values[(row + 4) * 40 + column + 17], 1e-5);
    }
  }
}

TEST(PolygonTest, TheAreaIsTheShoelaceFormulas) {
  const Outline outline = {{2.3f, 1.1f}, {17.9f, 4.4f}, {11.2f, 9.7f}, {14.5f, 18.6f}, {3.1f, 12.8f}};
  double twice = 0;
  for (size_t i = 0; i < outline.size(); ++i) {
    const Place a = outline[i], b = outline[(i + 1) % outline.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  EXPECT_NEAR(Sum(FillOutlines({outline}, 20, 20)), std::abs(twice) / 2, 1e-3);
}

}  // namespace
}  // namespace dl
