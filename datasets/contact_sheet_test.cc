#include "datasets/contact_sheet.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

int64_t Count(const Image& image, Color color) {
  int64_t count = 0;
  for (size_t i = 0; i < image.rgb.size(); i += 3) {
    count += image.rgb[i] == color[0] && image.rgb[i + 1] == color[1] && image.rgb[i + 2] == color[2];
  }
  return count;
}

// Images [1, 28, 28], all of one grey that tells their class: 100 + label; the labels are 0, 1, 1.
Dataset GreyImages() {
  Dataset set{"grey", {1, 28, 28}, std::vector<uint8_t>(), {0, 1, 1}, {"dark", "light"}};
  for (int32_t label : set.labels) {
    std::get<0>(set.values).insert(std::get<0>(set.values).end(), 28 * 28, static_cast<uint8_t>(100 + label));
  }
  return set;
}

TEST(ContactSheetTest, ShowsTheFirstImagesOfEachClassTwiceAsLarge) {
  const Image sheet = ContactSheet(GreyImages(), 2);
  EXPECT_EQ(Count(sheet, {100, 100, 100}), 56 * 56);
  EXPECT_EQ(Count(sheet, {101, 101, 101}), 2 * 56 * 56);
  EXPECT_EQ(Count(ContactSheet(GreyImages(), 1), {101, 101, 101}), 56 * 56);
}

TEST(ContactSheetTest, ColourImagesKeepTheirColours) {
  const Dataset set{"colour", {3, 1, 1}, std::vector<uint8_t>{10, 20, 30}, {0}, {"a"}};
  EXPECT_EQ(Count(ContactSheet(set, 1), {10, 20, 30}), 56 * 56);
}

TEST(ContactSheetTest, LongNamesWidenTheSheet) {
  Dataset set = GreyImages();
  const int64_t width = ContactSheet(set, 20).width;
  set.class_names[0] = "a very long name of a class";
  EXPECT_GT(ContactSheet(set, 20).width, width + 100);
}

TEST(ContactSheetTest, PointsAreDotsInTheColourOfTheirClass) {
  const Dataset set{"points", {2}, std::vector<float>{0, 0, 1, 1, 1, 0}, {0, 1, 1}, {"a", "b"}};
  const Image sheet = ContactSheet(set, 1);
  const int64_t first = Count(sheet, {0, 114, 178}), second = Count(sheet, {213, 94, 0});
  EXPECT_GT(first, 30);          // a dot and the legend's
  EXPECT_GT(second, first + 8);  // two dots and the legend's
}

TEST(ContactSheetTest, ASetOfNoPointsOrOfOneIsDrawn) {
  EXPECT_GT(ContactSheet({"none", {2}, std::vector<float>{}, {}, {"a"}}, 1).width, 480);
  EXPECT_GT(ContactSheet({"one", {2}, std::vector<float>{3, 4}, {0}, {"a"}}, 1).width, 480);
}

TEST(ContactSheetDeathTest, NamesTheShapesThatItCanShow) {
  EXPECT_DEATH(ContactSheet({"cubes", {3}, std::vector<float>{1, 2, 3}, {0}, {"a"}}, 1),
               "cubes has examples \\[3\\].*\\[1, H, W\\]");
}

}  // namespace
}  // namespace dl
