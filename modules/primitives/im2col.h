// A convolution as one matrix product, by way of a matrix that holds every window as a column ("image to columns",
// Chellapilla et al. 2006): how convolutions were first made fast, at the price of memory.
#ifndef MODULES_PRIMITIVES_IM2COL_H_
#define MODULES_PRIMITIVES_IM2COL_H_

#include <cstdint>

#include "modules/primitives/convolution_shape.h"
#include "modules/primitives/tensor.h"

namespace dl {

// The windows of image `n` of x: columns [C R S, Ho Wo], where column i Wo + j holds what the window at output (i, j)
// sees, channel by channel and row by row, and zeros beyond the border. x: [N, C, H, W], plain f32; `window`: [K, C, R,
// S], the shape of the weights. Groups are not taken apart.
Tensor Im2Col(const Tensor& x, int64_t n, const Shape& window, const ConvolutionOptions& options = {});

// The convolution of convolution.h, without bias and groups: for each image the weights [K, C R S] times its columns,
// by OpenBLAS. x: [N, C, H, W], w: [K, C, R, S], plain f32; y: [N, K, Ho, Wo], plain.
Tensor ConvolutionByIm2Col(const Tensor& x, const Tensor& w, const ConvolutionOptions& options = {});

}  // namespace dl

#endif  // MODULES_PRIMITIVES_IM2COL_H_
