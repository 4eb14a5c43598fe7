// Pooling over height and width: each window of x becomes one element, its maximum or its mean.
#ifndef MODULES_PRIMITIVES_POOLING_H_
#define MODULES_PRIMITIVES_POOLING_H_

#include "modules/primitives/pooling_shape.h"
#include "modules/primitives/tensor.h"

namespace dl {

struct MaxPoolResult {
  Tensor y;       // [N, C, Ho, Wo]
  Tensor argmax;  // the same shape: where in its window each maximum stood, the first of equals; for the backward pass.
                  // Tensor() in f64, whose backward pass looks for the maxima again
};

// The maximum of each window. x: [N, C, H, W] of any layout, f32, bf16 or f64; y has its type and
// order.
MaxPoolResult MaxPool(const Tensor& x, const PoolingOptions& options);

// dx [N, C, H, W]: each dy goes to where the maximum stood, and adds up where windows overlap. Of x, only its shape,
// type and order are read (in f64 the elements too), which dx takes. dy: [N, C, Ho, Wo] of x's type.
Tensor MaxPoolBackward(const Tensor& x, const Tensor& argmax, const Tensor& dy, const PoolingOptions& options);

// The mean of each window over those of its places that lie inside x. Shapes, types and orders as for MaxPool.
Tensor AveragePool(const Tensor& x, const PoolingOptions& options);

// dx [N, C, H, W]: each dy is shared out equally to its window. Of x, only its shape, type and order are read, which dx
// takes. dy: [N, C, Ho, Wo] of x's type.
Tensor AveragePoolBackward(const Tensor& x, const Tensor& dy, const PoolingOptions& options);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_POOLING_H_
