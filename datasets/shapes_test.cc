#include "datasets/shapes.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "gtest/gtest.h"

namespace dl {
namespace {

constexpr int64_t kValues = 3 * 32 * 32;

const std::vector<uint8_t>& Bytes(const Dataset& set) { return std::get<std::vector<uint8_t>>(set.values); }

TEST(ShapesTest, ClassesTakeTurnsInColourImagesOf32By32) {
  const Dataset shapes = MakeShapes({.count = 25}, Random(1));
  EXPECT_EQ(shapes.example_shape, (Shape{3, 32, 32}));
  EXPECT_EQ(Bytes(shapes).size(), 25u * kValues);
  EXPECT_EQ(shapes.class_names[7], "heart");
  for (int i = 0; i < 25; ++i) EXPECT_EQ(shapes.labels[i], i % 10);
}

// One seed, the same bytes on every machine and in every version: results that were published stay comparable.
TEST(ShapesTest, OneSeedGivesTheBytesItAlwaysGave) {
  EXPECT_EQ(Fingerprint(MakeShapes({.count = 1000}, Random(1))),
            "07efbdf8e782a2031aa627ee7ba3b6bca75dd480ae492de8b2451a618d928f40");
  EXPECT_EQ(Fingerprint(MakeShapes({.count = 100, .difficulty = 2}, Random(1))),
            "01f96a22ce3d263057f2d6bffad8fe65dafaa90dc5fa8f4dd3f2f38103b8df77");
}

TEST(ShapesTest, ALargerSetBeginsWithTheSmallerOne) {
  const Dataset small = MakeShapes({.count = 30}, Random(1)), large = MakeShapes({.count = 90}, Random(1));
  EXPECT_EQ(Bytes(FirstExamples(large, 30)), Bytes(small));
}

TEST(ShapesTest, SeedsAndExamplesDiffer) {
  EXPECT_NE(Bytes(MakeShapes({.count = 10}, Random(1))), Bytes(MakeShapes({.count = 10}, Random(2))));
  const Dataset twice = MakeShapes({.count = 20}, Random(1));
  EXPECT_FALSE(std::equal(Bytes(twice).begin(), Bytes(twice).begin() + kValues, Bytes(twice).begin() + 10 * kValues));
}

TEST(ShapesTest, WithoutDifficultyEveryShapeIsWhiteOnBlackInTheMiddleAndLikeItsKind) {
  const Dataset clean = MakeShapes({.count = 20, .difficulty = 0}, Random(1));
  const auto& bytes = Bytes(clean);
  EXPECT_TRUE(std::equal(bytes.begin(), bytes.begin() + 10 * kValues, bytes.begin() + 10 * kValues));
  for (int i = 0; i < 10; ++i) {
    double x = 0, y = 0, sum = 0;
    const uint8_t* red = &bytes[i * kValues];
    EXPECT_TRUE(std::equal(red, red + 2048, red + 1024)) << "a colour in " << clean.class_names[i];
    for (int p = 0; p < 1024; ++p) x += red[p] * (p % 32 + 0.5), y += red[p] * (p / 32 + 0.5), sum += red[p];
    EXPECT_NEAR(x / sum, 16, 2.5) << clean.class_names[i];
    EXPECT_NEAR(y / sum, 16, 2.5) << clean.class_names[i];
    EXPECT_EQ(red[0], 0);
    EXPECT_EQ(*std::max_element(red, red + 1024), 255);
  }
}

TEST(ShapesTest, AMaskIsTheShapeItself) {
  const ShapesOptions clean = {.count = 20, .difficulty = 0};  // white on black: the picture is its own mask
  const Dataset set = MakeShapes(clean, Random(1));
  for (int64_t i : {3, 17}) {
    const std::vector<float> mask = ShapeMask(clean, Random(1), i);
    ASSERT_EQ(mask.size(), 1024u);
    for (int p = 0; p < 1024; ++p) EXPECT_NEAR(mask[p], Bytes(set)[i * kValues + p] / 255.0, 1 / 255.0) << p;
  }
}

// With all its spread, a shape still differs from what is around it, by the contrast of their colours; and of a hundred
// pictures some have a slab in front, which the mask leaves out.
TEST(ShapesTest, AMaskLeavesOutWhatIsCovered) {
  const ShapesOptions options = {.count = 100};
  int covered = 0;
  for (int64_t i = 0; i < 10; ++i) {
    double most = 0;
    std::vector<double> areas;
    for (int64_t k = i; k < 100; k += 10) {
      const std::vector<float> mask = ShapeMask(options, Random(1), k);
      double area = 0;
      for (const float share : mask) {
        ASSERT_TRUE(share >= 0 && share <= 1.0001f);
        area += share;
      }
      areas.push_back(area);
      most = std::max(most, area);
    }
    for (const double area : areas) covered += area < 0.5 * most;
  }
  EXPECT_GE(covered, 3);
  EXPECT_LE(covered, 50);
}

// How often the nearest of 2,000 training images, by Euclidean distance, has a new image's class.
double NearestImageAccuracy(float difficulty) {
  const Dataset train = MakeShapes({.count = 2000, .difficulty = difficulty}, Random(1));
  const Dataset test = MakeShapes({.count = 200, .difficulty = difficulty}, Random(2));
  int right = 0;
  for (int64_t i = 0; i < test.size(); ++i) {
    const uint8_t* x = &Bytes(test)[i * kValues];
    int64_t nearest = 0, least = INT64_MAX;
    for (int64_t k = 0; k < train.size(); ++k) {
      const uint8_t* y = &Bytes(train)[k * kValues];
      int32_t distance = 0;
      for (int64_t p = 0; p < kValues; ++p) distance += (x[p] - y[p]) * (x[p] - y[p]);
      if (distance < least) least = distance, nearest = k;
    }
    right += train.labels[nearest] == test.labels[i];
  }
  return right / 200.0;
}

TEST(ShapesTest, DifficultyMakesThemHardForWhoComparesPixels) {
  const double clean = NearestImageAccuracy(0.0f), easy = NearestImageAccuracy(0.3f),
               usual = NearestImageAccuracy(1.0f);
  EXPECT_EQ(clean, 1.0);
  EXPECT_GT(easy, 0.7);
  EXPECT_LT(easy, 1.0);
  EXPECT_GT(usual, 0.1);
  EXPECT_LT(usual, 0.4);
}

// The mean picture of every class is the same grey: neither colour nor place gives the class away.
TEST(ShapesTest, ClassesHaveTheSameMeanColours) {
  const Dataset shapes = MakeShapes({.count = 5000}, Random(3));
  double mean[10][3] = {};
  for (int64_t i = 0; i < shapes.size(); ++i) {
    for (int64_t p = 0; p < kValues; ++p) mean[i % 10][p / 1024] += Bytes(shapes)[i * kValues + p] / (500 * 1024.0);
  }
  for (const auto& of_class : mean) {
    for (double channel : of_class) EXPECT_NEAR(channel, 127.5, 10);
  }
}

TEST(ShapesDeathTest, NamesWhatIsNegative) {
  EXPECT_DEATH(MakeShapes({.count = -1}, Random(1)), "count is -1");
  EXPECT_DEATH(MakeShapes({.difficulty = -1}, Random(1)), "difficulty is -1");
}

}  // namespace
}  // namespace dl
