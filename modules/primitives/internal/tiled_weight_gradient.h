// The weight gradient of a convolution in bf16 as one product of matrices.
//
// For each place (c, r, s) of a filter, the pixels of x that it met are one row, over all (i, j, n); dy is a matrix of
// the same (i, j, n) times the outputs; their product is dw [C R S, K]. The rows are copies of x: R S times its size.
// On machines that multiply bf16 matrices by tiles, this is up to four times as fast as oneDNN's direct kernels where
// maps are small, which give each tile little to do.
#ifndef MODULES_PRIMITIVES_INTERNAL_TILED_WEIGHT_GRADIENT_H_
#define MODULES_PRIMITIVES_INTERNAL_TILED_WEIGHT_GRADIENT_H_

#include "modules/primitives/convolution_shape.h"
#include "modules/primitives/tensor.h"

namespace dl {

// Whether it is the faster way on this machine, for dy [N, K, Ho, Wo] and w [K, C, R, S]: a rule on shapes, so that
// results do not change from run to run.
bool PrefersTiledWeightGradient(const Shape& dy, const Shape& w, const ConvolutionOptions& options);

// dw [K, C, R, S], f32, in an order of its own. x: [N, C, H, W], dy: [N, K, Ho, Wo], bf16 in any order; no groups.
Tensor TiledWeightGradient(const Tensor& x, const Tensor& dy, const Shape& w_shape, const ConvolutionOptions& options);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_INTERNAL_TILED_WEIGHT_GRADIENT_H_
