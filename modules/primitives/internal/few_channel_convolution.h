// Convolution of few channels, where oneDNN's kernels have most of their lanes idle or do not exist: over images in the
// interleaved order.
#ifndef MODULES_PRIMITIVES_INTERNAL_FEW_CHANNEL_CONVOLUTION_H_
#define MODULES_PRIMITIVES_INTERNAL_FEW_CHANNEL_CONVOLUTION_H_

#include <cstdint>

#include "modules/primitives/tensor.h"

namespace dl::few_channels {

// A convolution without groups, in f32. The padding is at most dilation · (window - 1) on both axes.
struct Problem {
  Shape x;  // [N, C, H, W]
  Shape w;  // [K, C, R, S]
  Shape y;  // [N, K, Ho, Wo]
  int64_t stride, padding, dilation;
};

// y, interleaved. x: interleaved or in row-major order; w and b in row-major order, b [K] or Tensor() for none.
Tensor Forward(const Problem& problem, const Tensor& x, const Tensor& w, const Tensor& b);

// dx, interleaved. dy: interleaved or in row-major order; w in row-major order.
Tensor BackwardData(const Problem& problem, const Tensor& dy, const Tensor& w);

// dw and, unless it has no elements, db [K], in row-major order. x and dy: interleaved or in row-major order. The sums
// do not depend on the number of threads.
void BackwardWeights(const Problem& problem, const Tensor& x, const Tensor& dy, Tensor& dw, Tensor& db);

}  // namespace dl::few_channels

#endif  // MODULES_PRIMITIVES_INTERNAL_FEW_CHANNEL_CONVOLUTION_H_
