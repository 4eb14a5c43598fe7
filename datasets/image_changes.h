// What augmentation does to one image [C, H, W], given what chance decided.
#ifndef DATASETS_IMAGE_CHANGES_H_
#define DATASETS_IMAGE_CHANGES_H_

#include <cstdint>

#include "modules/primitives/shape.h"

namespace dl {

enum class Padding {
  kBlack,   // zeros
  kMirror,  // the image itself, mirrored at its outermost pixels, which are not repeated: c b | a b c | b a
};

struct ImageChange {
  int64_t down = 0, right = 0;  // moves, in pixels
  Padding padding = Padding::kBlack;
  bool flipped = false;                                 // left and right, after the move
  float brightness = 1, contrast = 1, saturation = 1;   // factors
  int64_t cutout = 0, cutout_top = 0, cutout_left = 0;  // a square of this side, wherever it begins

  bool moves() const { return down != 0 || right != 0 || flipped; }
  bool recolors() const { return brightness != 1 || contrast != 1 || saturation != 1; }
};

// y = x moved by `change.down` rows and `change.right` columns, then flipped. x and y: [C, H, W], not overlapping. T:
// uint8_t or float. Mirrored moves are smaller than the image.
template <typename T>
void MoveImage(const T* x, const Shape& shape, const ImageChange& change, T* y);

// Of x [C, H, W], in [0, 1], changes in this order: brightness, x times the factor; contrast, the distance from the
// image's mean grey times the factor; saturation, the distance from each pixel's own grey times the factor. Then clamps
// to [0, 1]. Grey is 0.299 red + 0.587 green + 0.114 blue of three channels, the mean of any other number, whose
// saturation stays.
void RecolorImage(const Shape& shape, const ImageChange& change, float* x);

// x [C, H, W] = 0 in the change's square, as far as it lies in the image.
void CutOut(const Shape& shape, const ImageChange& change, float* x);

}  // namespace dl

#endif  // DATASETS_IMAGE_CHANGES_H_
