#include "datasets/image.h"

#include <algorithm>

#include "modules/base/check.h"

namespace dl {

namespace {

// color_at: from a pixel's number to the first of its three bytes.
template <typename ColorAt>
void PaintEach(const Ink& ink, ColorAt color_at, Image* image) {
  DL_CHECK(ink.height == image->height && ink.width == image->width)
      << "Paint: the ink is " << ink.height << " by " << ink.width << ", the image " << image->height << " by "
      << image->width;
  for (size_t i = 0; i < ink.values.size(); ++i) {
    const uint8_t* color = color_at(i);
    for (int c = 0; c < 3; ++c) {
      uint8_t& value = image->rgb[3 * i + c];
      const auto paper = static_cast<float>(value);
      value = static_cast<uint8_t>(paper + ink.values[i] * (static_cast<float>(color[c]) - paper) + 0.5f);
    }
  }
}

}  // namespace

void Paint(const Ink& ink, Color color, Image* image) {
  PaintEach(
      ink, [&](size_t) { return color.data(); }, image);
}

void Paint(const Ink& ink, const Image& surface, Image* image) {
  DL_CHECK(surface.height == image->height && surface.width == image->width)
      << "Paint: the surface is " << surface.height << " by " << surface.width << ", the image " << image->height
      << " by " << image->width;
  PaintEach(
      ink, [&](size_t i) { return &surface.rgb[3 * i]; }, image);
}

void FillRectangle(int64_t top, int64_t left, int64_t height, int64_t width, Color color, Image* image) {
  DL_CHECK(top >= 0 && left >= 0 && height >= 0 && width >= 0 && top + height <= image->height &&
           left + width <= image->width)
      << "FillRectangle: " << height << " by " << width << " at (" << top << ", " << left << ") of an image "
      << image->height << " by " << image->width;
  for (int64_t row = top; row < top + height; ++row) {
    uint8_t* pixel = &image->rgb[(row * image->width + left) * 3];
    for (int64_t i = 0; i < width; ++i, pixel += 3) std::copy(color.begin(), color.end(), pixel);
  }
}

}  // namespace dl
