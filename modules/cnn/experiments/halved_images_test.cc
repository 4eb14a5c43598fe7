#include "modules/cnn/experiments/halved_images.h"

#include <cstdint>
#include <vector>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(HalvedImagesTest, FourPixelsBecomeTheirMeanInEachChannelOfEachImage) {
  const Dataset images = {.name = "two",
                          .example_shape = {2, 2, 3},
                          .values = std::vector<uint8_t>{0,  2, 9, 4,  7,   9, 255, 255, 0, 255, 255, 0,
                                                         10, 0, 0, 20, 100, 0, 1,   0,   0, 0,   0,   0},
                          .labels = {1, 0},
                          .class_names = {"a", "b"}};
  const Dataset halved = HalvedImages(images);
  EXPECT_EQ(halved.example_shape, (Shape{2, 1, 1}));
  EXPECT_EQ(std::get<std::vector<uint8_t>>(halved.values), (std::vector<uint8_t>{3, 255, 33, 0}));
  EXPECT_EQ(halved.labels, images.labels);
  EXPECT_EQ(halved.class_names, images.class_names);
  EXPECT_EQ(halved.name, "two");
}

TEST(HalvedImagesDeathTest, OnePixelCannotBeHalved) {
  const Dataset dot = {.name = "dot",
                       .example_shape = {1, 1, 4},
                       .values = std::vector<uint8_t>(4),
                       .labels = {0},
                       .class_names = {"a"}};
  EXPECT_DEATH(HalvedImages(dot), "HalvedImages: examples are \\[1, 1, 4\\]");
}

}  // namespace
}  // namespace dl
