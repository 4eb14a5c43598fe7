#include "datasets/resize.h"

#include "gtest/gtest.h"
#include "modules/base/random.h"

namespace dl {
namespace {

using Bytes = std::vector<uint8_t>;

// A picture of grey pixels.
Image Grey(int64_t height, int64_t width, const Bytes& values) {
  Image image(height, width);
  for (size_t i = 0; i < values.size(); ++i) std::fill_n(&image.rgb[3 * i], 3, values[i]);
  return image;
}

// The red of every pixel.
Bytes Red(const Image& image) {
  Bytes red;
  for (size_t i = 0; i < image.rgb.size(); i += 3) red.push_back(image.rgb[i]);
  return red;
}

TEST(ResizeTest, TheSameSizeChangesNothing) {
  Image image(3, 4);
  for (size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = static_cast<uint8_t>(7 * i);
  EXPECT_EQ(Resize(image, 3, 4).rgb, image.rgb);
}

TEST(ResizeTest, EnlargingIsLinearBetweenPixelCentres) {
  // New centres at 0.25, 0.75, 1.25, 1.75 old pixels; old centres at 0.5 and 1.5; nothing lies outside.
  EXPECT_EQ(Red(Resize(Grey(1, 2, {0, 100}), 1, 4)), (Bytes{0, 25, 75, 100}));
  EXPECT_EQ(Red(Resize(Grey(2, 1, {0, 100}), 4, 1)), (Bytes{0, 25, 75, 100}));
}

TEST(ResizeTest, ShrinkingWeighsAllPixelsByATriangle) {
  // Four to two: centres 1 and 3, half width 2. Weights of the first: 3/4, 3/4, 1/4 of pixels 0, 1, 2, over 7/4.
  EXPECT_EQ(Red(Resize(Grey(1, 4, {70, 140, 210, 0}), 1, 2)),
            (Bytes{120, 110}));  // (210 + 420 + 210) / 7, (140 + 630) / 7
  EXPECT_EQ(Red(Resize(Grey(4, 1, {70, 140, 210, 0}), 2, 1)), (Bytes{120, 110}));
  // Three to one: centre 1.5, half width 3: weights 2/3, 1, 2/3 over 7/3.
  EXPECT_EQ(Red(Resize(Grey(1, 3, {70, 0, 140}), 1, 1)), (Bytes{60}));
}

TEST(ResizeTest, AFinePatternBecomesGreyAndNoNewPattern) {
  Image stripes(64, 64);
  for (int64_t i = 0; i < 64 * 64; ++i) std::fill_n(&stripes.rgb[3 * i], 3, i % 2 ? 255 : 0);
  for (uint8_t value : Red(ResizeAndCrop(stripes, 8))) EXPECT_NEAR(value, 127.5, 6);
}

TEST(ResizeTest, ColoursStayApart) {
  Image image(1, 2);
  image.rgb = {0, 100, 200, 100, 200, 0};
  EXPECT_EQ(Resize(image, 1, 1).rgb, (Bytes{50, 150, 100}));
}

TEST(ResizeTest, TheSquareIsCutFromTheMiddle) {
  EXPECT_EQ(Red(ResizeAndCrop(Grey(1, 3, {1, 2, 3}), 1)), (Bytes{2}));
  EXPECT_EQ(Red(ResizeAndCrop(Grey(3, 1, {1, 2, 3}), 1)), (Bytes{2}));
  // Half a pixel is rounded to the even number: (4 - 1) / 2 = 1.5 to 2, (2 - 1) / 2 = 0.5 to 0.
  EXPECT_EQ(Red(ResizeAndCrop(Grey(1, 4, {1, 2, 3, 4}), 1)), (Bytes{3}));
  EXPECT_EQ(Red(ResizeAndCrop(Grey(1, 2, {1, 2}), 1)), (Bytes{1}));
}

TEST(ResizeTest, CroppingIsResizingAndCuttingOff) {
  Image image(20, 33);
  Random random(1);
  for (uint8_t& value : image.rgb) value = static_cast<uint8_t>(random.Below(256));
  const Image whole = Resize(image, 8, 13), square = ResizeAndCrop(image, 8);  // 8 · 33 / 20 = 13.2
  ASSERT_EQ(square.width, 8);
  for (int64_t row = 0; row < 8; ++row) {
    const auto first = whole.rgb.begin() + 3 * (13 * row + 2);
    EXPECT_EQ(Bytes(first, first + 24), Bytes(&square.rgb[24 * row], &square.rgb[24 * row] + 24)) << row;
  }
}

TEST(ResizeTest, AMarginIsCutOffAllAround) {
  Image image(20, 33);
  Random random(1);
  for (uint8_t& value : image.rgb) value = static_cast<uint8_t>(random.Below(256));
  const Image whole = Resize(image, 12, 19), square = ResizeAndCrop(image, 12, 8);  // 12 · 33 / 20 = 19.8
  ASSERT_EQ(square.height, 8);
  for (int64_t row = 0; row < 8; ++row) {
    const auto first = whole.rgb.begin() + 3 * (19 * (row + 2) + 6);  // (12 - 8) / 2 = 2, (19 - 8) / 2 = 5.5 to 6
    EXPECT_EQ(Bytes(first, first + 24), Bytes(&square.rgb[24 * row], &square.rgb[24 * row] + 24)) << row;
  }
}

TEST(ResizeTest, AVeryLongPictureTakesNoMoreMemoryThanItsMiddle) {
  const Image image = ResizeAndCrop(Grey(10'000'000, 1, Bytes(10'000'000, 9)), 64);
  EXPECT_EQ(Red(image), Bytes(64 * 64, 9));
}

// Python, Pillow 13.0: i = numpy.arange(7 * 10 * 3); a = ((37 * i + 11 * i * i) % 251).astype('uint8');
// Image.fromarray(a.reshape(7, 10, 3)).resize((width, height), Image.BILINEAR)
TEST(ResizeTest, MakesWhatPillowMakes) {
  Image image(7, 10);
  for (size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = static_cast<uint8_t>((37 * i + 11 * i * i) % 251);
  EXPECT_EQ(Resize(image, 3, 4).rgb,
            (Bytes{129, 117, 186, 122, 93,  169, 97,  109, 141, 169, 117, 125, 106, 102, 134, 114, 124, 150,
                   113, 102, 120, 116, 137, 128, 110, 96,  134, 94,  113, 184, 117, 133, 159, 128, 188, 109}));
  const Image larger = Resize(image, 9, 13);
  EXPECT_EQ(Bytes(larger.rgb.begin(), larger.rgb.begin() + 13),
            (Bytes{0, 48, 118, 137, 64, 178, 170, 61, 225, 136, 78, 244, 216}));
  EXPECT_EQ(Bytes(larger.rgb.end() - 10, larger.rgb.end()), (Bytes{204, 148, 138, 111, 176, 217, 28, 90, 174, 29}));
}

}  // namespace
}  // namespace dl
