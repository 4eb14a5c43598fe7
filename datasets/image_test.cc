#include "datasets/image.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

Color At(const Image& image, int64_t row, int64_t column) {
  const uint8_t* pixel = &image.rgb[(row * image.width + column) * 3];
  return {pixel[0], pixel[1], pixel[2]};
}

TEST(ImageTest, BeginsWhite) { EXPECT_EQ(At(Image(2, 3), 1, 2), kWhite); }

TEST(ImageTest, InkMovesThePaperTowardsItsColour) {
  Image image(1, 3);
  Ink ink(1, 3);
  ink.values = {0.0f, 0.5f, 1.0f};
  Paint(ink, {55, 255, 0}, &image);
  EXPECT_EQ(At(image, 0, 0), kWhite);
  EXPECT_EQ(At(image, 0, 1), (Color{155, 255, 128}));
  EXPECT_EQ(At(image, 0, 2), (Color{55, 255, 0}));
}

TEST(ImageTest, InkMayTakeItsColoursFromASurface) {
  Image image(1, 3), surface(1, 3);
  surface.rgb = {0, 0, 0, 55, 255, 0, 10, 20, 30};
  Ink ink(1, 3);
  ink.values = {0.0f, 0.5f, 1.0f};
  Paint(ink, surface, &image);
  EXPECT_EQ(At(image, 0, 0), kWhite);
  EXPECT_EQ(At(image, 0, 1), (Color{155, 255, 128}));
  EXPECT_EQ(At(image, 0, 2), (Color{10, 20, 30}));
}

TEST(ImageTest, ARectangleFillsItsPixelsOnly) {
  Image image(3, 3);
  FillRectangle(1, 1, 2, 1, kBlack, &image);
  int black = 0;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) black += At(image, row, column) == kBlack;
  }
  EXPECT_EQ(black, 2);
  EXPECT_EQ(At(image, 1, 1), kBlack);
  EXPECT_EQ(At(image, 2, 1), kBlack);
}

TEST(ImageDeathTest, NothingIsDrawnOutside) {
  Image image(3, 3);
  EXPECT_DEATH(FillRectangle(1, 1, 3, 1, kBlack, &image), "3 by 1 at \\(1, 1\\) of an image 3 by 3");
  EXPECT_DEATH(Paint(Ink(2, 2), kBlack, &image), "the ink is 2 by 2, the image 3 by 3");
  EXPECT_DEATH(Paint(Ink(3, 3), Image(2, 3), &image), "the surface is 2 by 3, the image 3 by 3");
}

}  // namespace
}  // namespace dl
