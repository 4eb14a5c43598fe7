#include "datasets/imagenet_view.h"

#include "datasets/sha256.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

Image Pattern(int64_t height, int64_t width) {
  Image image(height, width);
  for (size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = static_cast<uint8_t>((37 * i + 11 * i * i) % 251);
  return image;
}

// Python, Pillow 13.0.0 and NumPy: the 437 by 300 pixels resized to 372 by 256 (Image.BILINEAR), cropped to 224 from
// (74, 16) and ((a / 255) - mean) / std in float32.
TEST(ImageNetViewTest, IsToTheBitThatOfPillowAndTorchvision) {
  const Tensor view = ImageNetView(Pattern(300, 437));
  ASSERT_EQ(view.shape(), (Shape{3, 224, 224}));
  const auto at = [&](int64_t c, int64_t h, int64_t w) { return view.data()[(c * 224 + h) * 224 + w]; };
  EXPECT_EQ(at(0, 0, 0), -0x1.f0eb54p-1f);
  EXPECT_EQ(at(0, 0, 223), -0x1.4a5464p-1f);
  EXPECT_EQ(at(1, 100, 57), 0x1.37373ap-1f);
  EXPECT_EQ(at(2, 223, 223), -0x1.0352f2p-2f);
  Sha256 hash;
  hash.Update(view.data(), view.size() * sizeof(float));
  EXPECT_EQ(hash.HexDigest(), "182a29eaca47d673c39741276e5e7ebe0ffe492cd81f5b7b151c00aab276a403");
}

TEST(ImageNetViewTest, OtherSizesCanBeHad) {
  const Tensor view = ImageNetView(Pattern(32, 32), {.shorter = 32, .side = 32});
  ASSERT_EQ(view.shape(), (Shape{3, 32, 32}));
  EXPECT_FLOAT_EQ(view.data()[0], (0 / 255.0f - 0.485f) / 0.229f);
  EXPECT_FLOAT_EQ(view.data()[32 * 32], (48 / 255.0f - 0.456f) / 0.224f);  // green of the first pixel: i = 1
}

}  // namespace
}  // namespace dl
