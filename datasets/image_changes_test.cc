#include "datasets/image_changes.h"

#include <vector>

#include "gtest/gtest.h"

namespace dl {
namespace {

// Two channels of
//   1 2 3
//   4 5 6
// the second ten times the first.
const Shape kShape = {2, 2, 3};
const std::vector<float> kImage = {1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60};

std::vector<float> Moved(const ImageChange& change) {
  std::vector<float> y(12);
  MoveImage(kImage.data(), kShape, change, y.data());
  return y;
}

TEST(MoveImageTest, BlackComesIn) {
  EXPECT_EQ(Moved({.down = 1, .right = 1}), (std::vector<float>{0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 10, 20}));
  EXPECT_EQ(Moved({.down = -1, .right = -2}), (std::vector<float>{6, 0, 0, 0, 0, 0, 60, 0, 0, 0, 0, 0}));
  EXPECT_EQ(Moved({.right = 5}), std::vector<float>(12, 0));
}

TEST(MoveImageTest, AMirrorDoesNotRepeatTheEdge) {
  EXPECT_EQ(Moved({.right = 2, .padding = Padding::kMirror}),
            (std::vector<float>{3, 2, 1, 6, 5, 4, 30, 20, 10, 60, 50, 40}));
  EXPECT_EQ(Moved({.down = -1, .right = -1, .padding = Padding::kMirror}),
            (std::vector<float>{5, 6, 5, 2, 3, 2, 50, 60, 50, 20, 30, 20}));
}

TEST(MoveImageTest, AFlipTurnsTheMovedImage) {
  EXPECT_EQ(Moved({.flipped = true}), (std::vector<float>{3, 2, 1, 6, 5, 4, 30, 20, 10, 60, 50, 40}));
  EXPECT_EQ(Moved({.right = 1, .flipped = true}), (std::vector<float>{2, 1, 0, 5, 4, 0, 20, 10, 0, 50, 40, 0}));
}

TEST(MoveImageTest, MovesBytesToo) {
  const std::vector<uint8_t> x = {1, 2, 3};
  std::vector<uint8_t> y(3);
  MoveImage(x.data(), {1, 1, 3}, {.right = 1}, y.data());
  EXPECT_EQ(y, (std::vector<uint8_t>{0, 1, 2}));
}

// A grey pixel of 0.2 and a red one of 0.4.
std::vector<float> Recolored(const ImageChange& change) {
  std::vector<float> x = {0.2f, 0.4f, 0.2f, 0, 0.2f, 0};
  RecolorImage({3, 1, 2}, change, x.data());
  return x;
}

void ExpectNear(const std::vector<float>& x, const std::vector<float>& wanted) {
  for (size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(x[i], wanted[i], 1e-6) << i;
}

TEST(RecolorImageTest, BrightnessMultipliesAndClamps) {
  ExpectNear(Recolored({.brightness = 1.5f}), {0.3f, 0.6f, 0.3f, 0, 0.3f, 0});
  ExpectNear(Recolored({.brightness = 3}), {0.6f, 1, 0.6f, 0, 0.6f, 0});
}

TEST(RecolorImageTest, ContrastKeepsTheMeanGrey) {
  const float mean = (0.2f + 0.299f * 0.4f) / 2;  // 0.1598
  ExpectNear(Recolored({.contrast = 0}), std::vector<float>(6, mean));
  ExpectNear(Recolored({.contrast = 0.5f}),
             {(0.2f + mean) / 2, (0.4f + mean) / 2, (0.2f + mean) / 2, mean / 2, (0.2f + mean) / 2, mean / 2});
}

TEST(RecolorImageTest, SaturationKeepsEachPixelsGrey) {
  const float grey = 0.299f * 0.4f;
  ExpectNear(Recolored({.saturation = 0}), {0.2f, grey, 0.2f, grey, 0.2f, grey});
  ExpectNear(Recolored({.saturation = 0.5f}), {0.2f, (0.4f + grey) / 2, 0.2f, grey / 2, 0.2f, grey / 2});
}

TEST(RecolorImageTest, AllThreeAreOneAfterTheOther) {
  std::vector<float> x = {0.2f, 0.4f, 0.2f, 0.1f, 0.2f, 0.1f}, y = x;
  const Shape shape = {3, 1, 2};
  RecolorImage(shape, {.brightness = 1.2f, .contrast = 0.8f, .saturation = 0.7f}, x.data());
  RecolorImage(shape, {.brightness = 1.2f}, y.data());
  RecolorImage(shape, {.contrast = 0.8f}, y.data());
  RecolorImage(shape, {.saturation = 0.7f}, y.data());
  ExpectNear(x, y);
}

TEST(RecolorImageTest, AGreyImageHasNoSaturation) {
  std::vector<float> x = {0.2f, 0.6f};
  RecolorImage({1, 1, 2}, {.contrast = 0.5f, .saturation = 0}, x.data());
  ExpectNear(x, {0.3f, 0.5f});
}

TEST(CutOutTest, ClearsTheSquareAsFarAsItLiesInTheImage) {
  std::vector<float> x = kImage;
  CutOut(kShape, {.cutout = 2, .cutout_top = 1, .cutout_left = 1}, x.data());
  EXPECT_EQ(x, (std::vector<float>{1, 2, 3, 4, 0, 0, 10, 20, 30, 40, 0, 0}));
  CutOut(kShape, {.cutout = 2, .cutout_top = -1, .cutout_left = -1}, x.data());
  EXPECT_EQ(x, (std::vector<float>{0, 2, 3, 4, 0, 0, 0, 20, 30, 40, 0, 0}));
  CutOut(kShape, {.cutout = 1, .cutout_top = 0, .cutout_left = 7}, x.data());
  EXPECT_EQ(x[2], 3);
}

TEST(MoveImageDeathTest, AMirrorIsSmallerThanTheImage) {
  EXPECT_DEATH(Moved({.down = 2, .padding = Padding::kMirror}), "by 2, 0 of an image 2 by 3");
}

}  // namespace
}  // namespace dl
