// How answers and maps follow an image that moves: a classifier should not care (invariance), a map should move along
// (equivariance).
#ifndef MODULES_CNN_EXPERIMENTS_SHIFT_RESPONSE_H_
#define MODULES_CNN_EXPERIMENTS_SHIFT_RESPONSE_H_

#include <cstdint>
#include <vector>

#include "modules/primitives/tensor.h"

namespace dl {

// The share of places at which `a` and `b` are the same; both of one size, at least 1.
double Agreement(const std::vector<int64_t>& a, const std::vector<int64_t>& b);

// The shift consistency of Zhang (2019): how often two answers to one image at two different places are the same, over
// all pairs of places and all images. answers: [places, at least 2][images].
double ShiftConsistency(const std::vector<std::vector<int64_t>>& answers);

// How far `of_moved`, the maps of an image that has moved to the right, are from `maps`, those of the image, moved by
// `shift` of their own columns: between columns by linear interpolation. It is the root of the mean squared difference,
// relative to that of `of_moved` from the mean of its channel, all over the middle half of rows and columns, so that
// the border counts little: 0 is perfect, 1 what a map without any picture would have. maps, of_moved: [N, C, H, W] of
// any layout, H and W at least 4; 0 <= shift <= W / 4.
double EquivarianceError(const Tensor& maps, const Tensor& of_moved, double shift);

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_SHIFT_RESPONSE_H_
