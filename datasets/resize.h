// Pictures brought to another size.
#ifndef DATASETS_RESIZE_H_
#define DATASETS_RESIZE_H_

#include <cstdint>

#include "datasets/image.h"

namespace dl {

// `image` with `height` by `width` pixels, bilinear and without aliasing: a pixel is the mean of the old ones weighted
// by a triangle around its place, whose half width is one pixel of the coarser grid. First along rows, then along
// columns, each rounded to bytes: bit for bit what Pillow's BILINEAR makes, and with it torchvision's Resize.
Image Resize(const Image& image, int64_t height, int64_t width);

// The largest square in the middle of `image`, `side` by `side` pixels: its shorter side resized to `side`, the longer
// one in proportion, then cut off on both sides, as by torchvision's Resize and CenterCrop.
Image ResizeAndCrop(const Image& image, int64_t side);

// The same with a margin: the shorter side resized to `shorter`, at least `side`, and all four edges cut off.
Image ResizeAndCrop(const Image& image, int64_t shorter, int64_t side);

}  // namespace dl

#endif  // DATASETS_RESIZE_H_
