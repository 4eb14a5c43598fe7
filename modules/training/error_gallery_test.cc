#include "modules/training/error_gallery.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

// The colour of image i, which no blend of ink and paper has.
Color ColorOf(int64_t i) { return {static_cast<uint8_t>(100 + i), 0, 200}; }

// Images [3, 28, 28] of one colour each; all of class 0.
Dataset Colors(int64_t count) {
  Dataset set{"colours", {3, 28, 28}, std::vector<uint8_t>(), std::vector<int32_t>(count, 0), {"Shirt", "Coat"}};
  std::vector<uint8_t>& values = std::get<0>(set.values);
  for (int64_t i = 0; i < count; ++i) {
    for (uint8_t channel : ColorOf(i)) values.insert(values.end(), 28 * 28, channel);
  }
  return set;
}

// Mistaken with probability 0.625, 0.875, right, 0.875.
Predictions Answers() {
  return {Tensor::Of({4, 2}, {0.375f, 0.625f, 0.125f, 0.875f, 1, 0, 0.125f, 0.875f}), {0, 0, 0, 0}, {"Shirt", "Coat"}};
}

int64_t Count(const Image& image, Color color) {
  int64_t count = 0;
  for (size_t i = 0; i < image.rgb.size(); i += 3) {
    count += image.rgb[i] == color[0] && image.rgb[i + 1] == color[1] && image.rgb[i + 2] == color[2];
  }
  return count;
}

int64_t AreaOf(int64_t i, const Image& sheet) { return Count(sheet, ColorOf(i)); }

TEST(SurestMistakesTest, AreOrderedByProbability) {
  const auto mistakes = SurestMistakes(Answers());
  ASSERT_EQ(mistakes.size(), 3u);
  EXPECT_EQ(mistakes[0].example, 1);
  EXPECT_EQ(mistakes[1].example, 3);
  EXPECT_EQ(mistakes[2].example, 0);
  EXPECT_EQ(mistakes[0].predicted, 1);
  EXPECT_EQ(mistakes[2].probability, 0.625f);
}

TEST(ErrorGalleryTest, ShowsTheSurestMistakesFiveTimesAsLarge) {
  const Image sheet = ErrorGallery(Colors(4), Answers(), 2);
  EXPECT_EQ(AreaOf(1, sheet), 140 * 140);
  EXPECT_EQ(AreaOf(3, sheet), 140 * 140);
  EXPECT_EQ(AreaOf(0, sheet), 0);
  EXPECT_EQ(AreaOf(2, sheet), 0);
  EXPECT_EQ(sheet.rgb[(40 * sheet.width + 16) * 3], 101);  // the surest one stands first
  EXPECT_EQ(AreaOf(0, ErrorGallery(Colors(4), Answers())), 140 * 140);
}

TEST(ErrorGalleryTest, WritesAnswersInRed) {
  constexpr Color kRed = {190, 40, 0};
  const int64_t two = Count(ErrorGallery(Colors(4), Answers(), 2), kRed);
  EXPECT_GT(two, 100);
  EXPECT_GT(Count(ErrorGallery(Colors(4), Answers(), 3), kRed), two + 50);
}

TEST(ErrorGalleryTest, BeginsNewRowsWhereThePageIsFull) {
  const Dataset colors = Colors(40);
  Predictions wrong{Tensor::Zeros({40, 2}), colors.labels, colors.class_names};
  for (int64_t i = 0; i < 40; ++i) wrong.probabilities.mutable_data()[2 * i + 1] = 1;
  const Image sheet = ErrorGallery(colors, wrong, 40);
  EXPECT_LE(sheet.width, 960);
  EXPECT_GT(sheet.height, 5 * 140);
  for (int i = 0; i < 40; ++i) EXPECT_EQ(AreaOf(i, sheet), 140 * 140) << i;
}

TEST(ErrorGalleryTest, WithoutMistakesThereIsATitle) {
  const Image sheet = ErrorGallery(Colors(1), {Tensor::Of({1, 2}, {1, 0}), {0}, {"Shirt", "Coat"}});
  EXPECT_GT(Count(sheet, {40, 40, 40}), 100);  // the title's ink
  EXPECT_LT(sheet.height, 140);
}

TEST(ErrorGalleryDeathTest, WantsImagesAndTheirPredictions) {
  EXPECT_DEATH(ErrorGallery(Colors(3), Answers()), "3 examples \\[3, 28, 28\\] of colours, 4 predictions");
  EXPECT_DEATH(ErrorGallery({"points", {2}, std::vector<float>(8), {0, 0, 0, 0}, {"a", "b"}}, Answers()), "points");
}

}  // namespace
}  // namespace dl
