// A picture in colour, to be looked at.
#ifndef DATASETS_IMAGE_H_
#define DATASETS_IMAGE_H_

#include <array>
#include <cstdint>
#include <vector>

#include "datasets/pen.h"

namespace dl {

using Color = std::array<uint8_t, 3>;  // red, green, blue

inline constexpr Color kBlack = {0, 0, 0}, kWhite = {255, 255, 255};

struct Image {
  // All white.
  Image(int64_t height, int64_t width) : height(height), width(width), rgb(height * width * 3, 255) {}

  int64_t height, width;     // pixels
  std::vector<uint8_t> rgb;  // row-major [height, width, 3]
};

// Lays `ink` of one colour over an image of its size: each pixel moves towards `color` as far as it is inked.
void Paint(const Ink& ink, Color color, Image* image);

// The same with a colour for each pixel: that of `surface`, an image of the same size.
void Paint(const Ink& ink, const Image& surface, Image* image);

// Fills the `height` by `width` pixels below and right of (top, left), which must lie in the image.
void FillRectangle(int64_t top, int64_t left, int64_t height, int64_t width, Color color, Image* image);

}  // namespace dl

#endif  // DATASETS_IMAGE_H_
