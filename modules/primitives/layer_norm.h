// Layer normalisation (Ba, Kiros, Hinton 2016): every row to mean 0 and variance 1, then scaled and shifted by column.
#ifndef MODULES_PRIMITIVES_LAYER_NORM_H_
#define MODULES_PRIMITIVES_LAYER_NORM_H_

#include "modules/primitives/tensor.h"

namespace dl {

inline constexpr float kLayerNormEpsilon = 1e-5f;

struct LayerNormResult {
  Tensor y;         // [..., D]
  Tensor mean;      // [...], of each row
  Tensor variance;  // [...], of each row: the mean squared distance from its mean
};

// y = (x - mean) / sqrt(variance + epsilon) · scale + shift. x: f32 or f64 [..., D], D >= 1, any layout; scale and
// shift: [D], of x's type. The results are plain and of that type.
LayerNormResult LayerNorm(const Tensor& x, const Tensor& scale, const Tensor& shift, float epsilon = kLayerNormEpsilon);

struct LayerNormGradients {
  Tensor dx;      // [..., D]
  Tensor dscale;  // [D]
  Tensor dshift;  // [D]
};

// The gradients, from the forward pass's x, scale, epsilon, mean and variance, and dy in the shape of y.
LayerNormGradients LayerNormBackward(const Tensor& x, const Tensor& scale, const LayerNormResult& forward,
                                     const Tensor& dy, float epsilon = kLayerNormEpsilon);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_LAYER_NORM_H_
