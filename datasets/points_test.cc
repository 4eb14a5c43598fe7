#include "datasets/points.h"

#include <algorithm>
#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

struct Point {
  double x, y;
};

std::vector<Point> PointsOf(const Dataset& set, int32_t label) {
  std::vector<Point> points;
  const auto& values = std::get<std::vector<float>>(set.values);
  for (int64_t i = 0; i < set.size(); ++i) {
    if (set.labels[i] == label) points.push_back({values[2 * i], values[2 * i + 1]});
  }
  return points;
}

TEST(MoonsTest, WithoutNoiseLieOnTheTwoHalfCircles) {
  const Dataset moons = MakeMoons({.count = 100, .noise = 0}, Random(1));
  EXPECT_EQ(moons.example_shape, (Shape{2}));
  double least = 2, most = -2;
  for (const Point& p : PointsOf(moons, 0)) {
    EXPECT_NEAR(std::hypot(p.x, p.y), 1, 1e-6);
    EXPECT_GE(p.y, -1e-6);
    least = std::min(least, p.x), most = std::max(most, p.x);
  }
  EXPECT_NEAR(least, -1, 1e-6);  // both ends belong to the moon
  EXPECT_NEAR(most, 1, 1e-6);
  for (const Point& p : PointsOf(moons, 1)) {
    EXPECT_NEAR(std::hypot(p.x - 1, p.y - 0.5), 1, 1e-6);
    EXPECT_LE(p.y, 0.5 + 1e-6);
  }
}

TEST(MoonsTest, NoiseHasTheGivenDeviation) {
  double square = 0;
  const Dataset moons = MakeMoons({.count = 20000, .noise = 0.1f}, Random(1));
  for (const Point& p : PointsOf(moons, 0)) square += std::pow(std::hypot(p.x, p.y) - 1, 2);
  EXPECT_NEAR(std::sqrt(square / 10000), 0.1, 0.003);
}

TEST(CirclesTest, WithoutNoiseLieOnTheTwoCirclesAtDifferentAngles) {
  const Dataset circles = MakeCircles({.count = 100, .noise = 0, .factor = 0.3f}, Random(1));
  Point mean{0, 0};
  for (const Point& p : PointsOf(circles, 0)) {
    EXPECT_NEAR(std::hypot(p.x, p.y), 1, 1e-6);
    mean.x += p.x, mean.y += p.y;
  }
  EXPECT_NEAR(std::hypot(mean.x, mean.y), 0, 1e-4);  // only the first point, not the last, is at angle 0
  for (const Point& p : PointsOf(circles, 1)) EXPECT_NEAR(std::hypot(p.x, p.y), 0.3, 1e-6);
}

TEST(SpiralsTest, WithoutNoiseTheAngleGrowsWithTheRadius) {
  const Dataset spirals = MakeSpirals({.count = 300, .noise = 0, .arms = 3}, Random(1));
  EXPECT_EQ(spirals.num_classes(), 3);
  for (int32_t arm = 0; arm < 3; ++arm) {
    for (const Point& p : PointsOf(spirals, arm)) {
      const double r = std::hypot(p.x, p.y), angle = 4 * (arm + r);
      EXPECT_NEAR(p.x, r * std::sin(angle), 1e-5);
      EXPECT_NEAR(p.y, r * std::cos(angle), 1e-5);
    }
  }
}

TEST(BlobsTest, StandAboutTheirCentresWithTheGivenSpread) {
  const Dataset blobs = MakeBlobs({.count = 20000, .spread = 2, .centres = {{10, 0}, {0, -5}}}, Random(1));
  const std::vector<Point> points = PointsOf(blobs, 1);
  double x = 0, y = 0, square = 0;
  for (const Point& p : points) x += p.x, y += p.y, square += p.x * p.x + (p.y + 5) * (p.y + 5);
  EXPECT_EQ(points.size(), 10000u);
  EXPECT_NEAR(x / 10000, 0, 0.1);
  EXPECT_NEAR(y / 10000, -5, 0.1);
  EXPECT_NEAR(std::sqrt(square / 20000), 2, 0.05);
}

TEST(PointsTest, EveryGeneratorIsBalancedShuffledAndDeterministic) {
  const auto generate = [](int64_t count, uint64_t seed) {
    return std::vector<Dataset>{MakeMoons({.count = count}, Random(seed)), MakeCircles({.count = count}, Random(seed)),
                                MakeSpirals({.count = count}, Random(seed)), MakeBlobs({.count = count}, Random(seed))};
  };
  const auto a = generate(100, 1), b = generate(100, 1), c = generate(100, 2);
  for (size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].values, b[i].values) << a[i].name;
    EXPECT_NE(a[i].values, c[i].values) << a[i].name;
    EXPECT_FALSE(std::is_sorted(a[i].labels.begin(), a[i].labels.end()));
    for (int32_t label = 0; label < a[i].num_classes(); ++label) {
      EXPECT_NEAR(PointsOf(a[i], label).size(), 100.0 / a[i].num_classes(), 1);
    }
  }
  for (const Dataset& one : generate(1, 1)) EXPECT_TRUE(std::isfinite(std::get<1>(one.values)[0]));
  for (const Dataset& none : generate(0, 1)) EXPECT_EQ(none.size(), 0);
}

}  // namespace
}  // namespace dl
