#include "datasets/deformation.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

constexpr PoseSpread kNone = {.turn = 0, .shear = 0, .stretch = 0, .move = 0};

// The box's corners and middle as `spread` puts them into an image of 40 by 40 pixels, the box 20 wide.
struct Posed {
  Posed(const PoseSpread& spread, uint64_t seed) {
    Random random(seed);
    const Pose pose(spread, 0.2f, 40, &random);
    corner = pose({0, 0}), right = pose({100, 0}), below = pose({0, 100}), middle = pose({50, 50});
  }
  float Width() const { return std::hypot(right.x - corner.x, right.y - corner.y); }
  float Height() const { return std::hypot(below.x - corner.x, below.y - corner.y); }
  float Dot() const {  // of the box's two sides
    return (right.x - corner.x) * (below.x - corner.x) + (right.y - corner.y) * (below.y - corner.y);
  }

  Place corner, right, below, middle;
};

TEST(PoseTest, WithoutSpreadTheBoxStandsInTheMiddle) {
  const Posed box(kNone, 1);
  EXPECT_FLOAT_EQ(box.corner.x, 10);
  EXPECT_FLOAT_EQ(box.corner.y, 10);
  EXPECT_FLOAT_EQ(box.right.x, 30);
  EXPECT_FLOAT_EQ(box.below.y, 30);
  EXPECT_FLOAT_EQ(box.middle.x, 20);
}

TEST(PoseTest, ATurnKeepsLengthsAndRightAngles) {
  PoseSpread spread = kNone;
  spread.turn = 0.5f;
  float largest = 0;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const Posed box(spread, seed);
    EXPECT_NEAR(box.Width(), 20, 1e-4);
    EXPECT_NEAR(box.Height(), 20, 1e-4);
    EXPECT_NEAR(box.Dot(), 0, 1e-3);
    EXPECT_NEAR(box.middle.x, 20, 1e-4);
    largest = std::max(largest, std::abs(box.right.y - box.corner.y));
  }
  EXPECT_GT(largest, 10);  // 30 degrees
}

TEST(PoseTest, AShearSlantsUprightsOnly) {
  PoseSpread spread = kNone;
  spread.shear = 0.3f;
  const Posed box(spread, 3);
  EXPECT_NEAR(box.Width(), 20, 1e-4);
  EXPECT_NEAR(box.below.y - box.corner.y, 20, 1e-4);
  EXPECT_GT(std::abs(box.below.x - box.corner.x), 1e-2);
}

TEST(PoseTest, AMoveIsOfTheWholeBoxInPixels) {
  PoseSpread spread = kNone;
  spread.move = 2;
  double square = 0;
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    const Posed box(spread, seed);
    EXPECT_NEAR(box.right.x - box.corner.x, 20, 1e-4);
    square += (box.middle.x - 20) * (box.middle.x - 20) / 1000;
  }
  EXPECT_NEAR(std::sqrt(square), 2, 0.15);
}

TEST(ElasticFieldTest, IsTheRandomNodesAndSmoothBetweenThem) {
  Random random(1);
  const ElasticField bend(5, &random);
  double square = 0, roughest = 0;
  for (int node = 0; node < 16; ++node) {
    const Place at = bend.At({100.0f / 3 * static_cast<float>(node % 4), 100.0f / 3 * static_cast<float>(node / 4)});
    square += (at.x * at.x + at.y * at.y) / 32;
  }
  EXPECT_GT(std::sqrt(square), 2.5);
  EXPECT_LT(std::sqrt(square), 8);
  for (float x = 0; x < 100; x += 0.5f) {
    roughest = std::max(roughest, std::abs(double{bend.At({x + 0.5f, 50}).x} - bend.At({x, 50}).x));
  }
  EXPECT_LT(roughest, 0.6);  // at most 1.5 times the steepest difference of two nodes, spread over 33 units
  EXPECT_FLOAT_EQ(bend({20, 30}).y, 30 + bend.At({20, 30}).y);
  EXPECT_EQ(bend.At({-10, 0}).x, bend.At({0, 0}).x);
}

}  // namespace
}  // namespace dl
