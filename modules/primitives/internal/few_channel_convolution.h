// Convolution kernels for few channels, where oneDNN's have most of their lanes idle or do not exist.
//
// oneDNN fills a vector with 16 channels of one place. With one or six channels that leaves it mostly empty, so here a
// vector holds one element of 16 images: each group of 16 images is transposed into a scratch tile whose innermost
// dimension is the image, and every instruction does 16 useful products whatever the number of channels, the window and
// the stride.
#ifndef MODULES_PRIMITIVES_INTERNAL_FEW_CHANNEL_CONVOLUTION_H_
#define MODULES_PRIMITIVES_INTERNAL_FEW_CHANNEL_CONVOLUTION_H_

#include <cstdint>

namespace dl::few_channels {

// A convolution without groups: x [images, inputs, height, width], w [outputs, inputs, window_height, window_width],
// y [images, outputs, out_height, out_width], all f32 in row-major order.
struct Sizes {
  int64_t images, inputs, height, width;
  int64_t outputs, window_height, window_width;
  int64_t out_height, out_width;
  int64_t stride, padding, dilation;
};

// Whether this machine has the registers that the kernels are cut for (AVX-512).
bool Available();

// y; `b` [outputs] or null for no bias.
void Forward(const Sizes& sizes, const float* x, const float* w, const float* b, float* y);

// dx.
void BackwardData(const Sizes& sizes, const float* dy, const float* w, float* dx);

// dw, and db [outputs] unless it is null. The sums do not depend on the number of threads.
void BackwardWeights(const Sizes& sizes, const float* x, const float* dy, float* dw, float* db);

}  // namespace dl::few_channels

#endif  // MODULES_PRIMITIVES_INTERNAL_FEW_CHANNEL_CONVOLUTION_H_
