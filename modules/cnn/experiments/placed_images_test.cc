#include "modules/cnn/experiments/placed_images.h"

#include <cstdint>
#include <vector>

#include "gtest/gtest.h"

namespace dl {
namespace {

Dataset TwoPixels() {
  return {.name = "pixels",
          .example_shape = {2, 1, 2},
          .values = std::vector<uint8_t>{1, 2, 3, 4, 5, 6, 7, 8},
          .labels = {1, 0},
          .class_names = {"a", "b"}};
}

TEST(PlacedImagesTest, EveryChannelOfEveryImageStandsWhereItShould) {
  const Dataset placed = PlacedImages(TwoPixels(), 4, 1, -1);
  EXPECT_EQ(placed.example_shape, (Shape{2, 4, 4}));
  std::vector<uint8_t> expected(2 * 2 * 16, 0);
  for (int map = 0; map < 4; ++map) {
    expected[map * 16 + 2 * 4 + 0] = static_cast<uint8_t>(2 * map + 1);
    expected[map * 16 + 2 * 4 + 1] = static_cast<uint8_t>(2 * map + 2);
  }
  EXPECT_EQ(std::get<std::vector<uint8_t>>(placed.values), expected);
  EXPECT_EQ(placed.labels, (std::vector<int32_t>{1, 0}));
  EXPECT_EQ(placed.name, "pixels");
}

TEST(PlacedImagesDeathTest, NothingIsCutOff) {
  EXPECT_DEATH(PlacedImages(TwoPixels(), 4, 0, 2), "1 by 2 pixels, moved by 0, 2, are not inside 4 by 4");
}

}  // namespace
}  // namespace dl
