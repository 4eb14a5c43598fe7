#include "datasets/shape_outlines.h"

#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "gtest/gtest.h"

namespace dl {
namespace {

// The area of a shape in square units, measured by filling it.
double Area(const NamedShape& shape) {
  std::vector<Outline> outlines = shape.outlines;
  for (Outline& outline : outlines) {
    for (Place& p : outline) p = {p.x + 10, p.y + 10};
  }
  const Ink ink = FillOutlines(outlines, 120, 120);
  return std::accumulate(ink.values.begin(), ink.values.end(), 0.0);
}

TEST(ShapeOutlinesTest, TenShapesOfDifferentNamesFillTheBox) {
  std::set<std::string> names;
  for (const NamedShape& shape : ShapeOutlines()) {
    names.insert(shape.name);
    float left = 100, right = 0, top = 100, bottom = 0;
    for (const Outline& outline : shape.outlines) {
      for (Place p : outline) {
        left = std::min(left, p.x), right = std::max(right, p.x), top = std::min(top, p.y),
        bottom = std::max(bottom, p.y);
      }
    }
    for (float low : {left, top}) EXPECT_NEAR(low, 5, 12) << shape.name;
    for (float high : {right, bottom}) EXPECT_NEAR(high, 95, 15) << shape.name;
  }
  EXPECT_EQ(names.size(), 10u);
}

// No class is known by how much of the picture it fills, and an outline that crossed itself would not have its area.
TEST(ShapeOutlinesTest, AreasAreWhatGeometrySays) {
  const double pi = std::acos(-1.0);
  const std::map<std::string, double> wanted = {
      {"circle", pi * 43 * 43},         {"ring", pi * (46 * 46 - 25 * 25)}, {"square", 76 * 76},
      {"triangle", 94 * 81 / 2.0},      {"cross", 30 * 96 + 2 * 30 * 33},   {"heart", 35 * 35 * 2 + pi * 35 * 35 / 2},
      {"hexagon", 83.2 * (96 + 48) / 2}};
  for (const NamedShape& shape : ShapeOutlines()) {
    const double area = Area(shape);
    if (wanted.count(shape.name)) {
      EXPECT_NEAR(area, wanted.at(shape.name), 0.005 * area) << shape.name;
    }
    EXPECT_GT(area, 2000) << shape.name;
    EXPECT_LT(area, 6200) << shape.name;
  }
}

TEST(ShapeOutlinesTest, ArcsLieOnTheirCircles) {
  for (const Place& p : ShapeOutlines()[0].outlines[0]) EXPECT_NEAR(std::hypot(p.x - 50, p.y - 50), 43, 1e-4);
  EXPECT_EQ(ShapeOutlines()[0].outlines[0].size(), 64u);
}

}  // namespace
}  // namespace dl
