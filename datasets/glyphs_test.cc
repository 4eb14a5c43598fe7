#include "datasets/glyphs.h"

#include <algorithm>

#include "gtest/gtest.h"

namespace dl {
namespace {

constexpr int64_t kPixels = 28 * 28;

const std::vector<uint8_t>& Bytes(const Dataset& set) { return std::get<std::vector<uint8_t>>(set.values); }

TEST(GlyphsTest, ClassesTakeTurnsInImagesOf28By28) {
  const Dataset glyphs = MakeGlyphs({.count = 25}, Random(1));
  EXPECT_EQ(glyphs.example_shape, (Shape{1, 28, 28}));
  EXPECT_EQ(Bytes(glyphs).size(), 25u * kPixels);
  EXPECT_EQ(glyphs.class_names[7], "7");
  for (int i = 0; i < 25; ++i) EXPECT_EQ(glyphs.labels[i], i % 10);
}

// One seed, the same bytes on every machine and in every version: results that were published stay comparable.
TEST(GlyphsTest, OneSeedGivesTheBytesItAlwaysGave) {
  EXPECT_EQ(Fingerprint(MakeGlyphs({.count = 1000}, Random(1))),
            "4f01a7f5d6257ceb28ad2494a0e975cc8b912a9bb46bde9725e5682a52193e0a");
}

TEST(GlyphsTest, ALargerSetBeginsWithTheSmallerOne) {
  const Dataset small = MakeGlyphs({.count = 30}, Random(1)), large = MakeGlyphs({.count = 90}, Random(1));
  EXPECT_EQ(Bytes(FirstExamples(large, 30)), Bytes(small));
}

TEST(GlyphsTest, SeedsAndExamplesDiffer) {
  EXPECT_NE(Bytes(MakeGlyphs({.count = 10}, Random(1))), Bytes(MakeGlyphs({.count = 10}, Random(2))));
  const Dataset twice = MakeGlyphs({.count = 20}, Random(1));
  EXPECT_FALSE(std::equal(Bytes(twice).begin(), Bytes(twice).begin() + kPixels, Bytes(twice).begin() + 10 * kPixels));
}

// The mean image of each class classifies new digits: far better than chance, and worse than a network should.
double NearestMeanAccuracy(float difficulty) {
  const Dataset train = MakeGlyphs({.count = 2000, .difficulty = difficulty}, Random(1));
  const Dataset test = MakeGlyphs({.count = 500, .difficulty = difficulty}, Random(2));
  std::vector<float> mean(10 * kPixels);
  for (int64_t i = 0; i < train.size(); ++i) {
    for (int64_t p = 0; p < kPixels; ++p) mean[train.labels[i] * kPixels + p] += Bytes(train)[i * kPixels + p] / 200.0f;
  }
  int right = 0;
  for (int64_t i = 0; i < test.size(); ++i) {
    const auto distance = [&](int64_t c) {
      float sum = 0;
      for (int64_t p = 0; p < kPixels; ++p) {
        const float difference = mean[c * kPixels + p] - Bytes(test)[i * kPixels + p];
        sum += difference * difference;
      }
      return sum;
    };
    std::vector<float> distances;
    for (int64_t c = 0; c < 10; ++c) distances.push_back(distance(c));
    right += std::min_element(distances.begin(), distances.end()) - distances.begin() == test.labels[i];
  }
  return right / 500.0;
}

TEST(GlyphsTest, TheClassesAreLearnableAndDifficultyMakesThemHard) {
  const double easy = NearestMeanAccuracy(0.0f), usual = NearestMeanAccuracy(1.0f);
  EXPECT_GT(easy, 0.95);
  EXPECT_GT(usual, 0.5);
  EXPECT_LT(usual, 0.85);
}

TEST(GlyphsTest, InkLiesInTheMiddleAndTheBorderIsMostlyPaper) {
  const Dataset glyphs = MakeGlyphs({.count = 1000}, Random(3));
  double middle = 0, border = 0;
  for (int64_t i = 0; i < glyphs.size(); ++i) {
    for (int64_t row = 0; row < 28; ++row) {
      for (int64_t column = 0; column < 28; ++column) {
        const int edge = static_cast<int>(std::min({row, column, 27 - row, 27 - column}));
        const uint8_t value = Bytes(glyphs)[i * kPixels + row * 28 + column];
        if (edge == 0) border += value / (108.0 * 1000);
        if (edge >= 4) middle += value / (400.0 * 1000);
      }
    }
  }
  EXPECT_GT(middle, 40);
  EXPECT_LT(border, 10);
}

TEST(GlyphsDeathTest, NamesWhatIsNegative) { EXPECT_DEATH(MakeGlyphs({.count = -1}, Random(1)), "count is -1"); }

}  // namespace
}  // namespace dl
