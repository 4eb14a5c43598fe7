// Pooling over height and width: each window of x becomes one element, its maximum or its mean.
#ifndef MODULES_PRIMITIVES_POOLING_H_
#define MODULES_PRIMITIVES_POOLING_H_

#include <cstdint>

#include "modules/primitives/tensor.h"

namespace dl {

// A kernel that is as large as the map, whatever the map's size: global pooling, to [N, C, 1, 1]. Takes no padding.
inline constexpr int64_t kWholeMap = 0;

// The same for both axes.
struct PoolingOptions {
  int64_t kernel = 2;
  int64_t stride = 2;
  int64_t padding = 0;     // less than the kernel; padded places are never the maximum and never count in a mean
  bool ceil_mode = false;  // also keep a last window that hangs over the end, if it starts inside x
};

// The shape [N, C, Ho, Wo] of the result for x [N, C, H, W]; Ho = (H + 2 padding - kernel) / stride + 1, rounded down,
// with ceil_mode up. Shapes that do not fit stop the program.
Shape PoolingShape(const Shape& x, const PoolingOptions& options);

struct MaxPoolResult {
  Tensor y;       // [N, C, Ho, Wo]
  Tensor argmax;  // the same shape: where in its window each maximum stood, the first of equals; for the backward pass
};

// The maximum of each window. x: [N, C, H, W] of any layout, f32 or bf16; y has its type and order.
MaxPoolResult MaxPool(const Tensor& x, const PoolingOptions& options);

// dx [N, C, H, W]: each dy goes to where the maximum stood, and adds up where windows overlap. Of x, only its shape,
// type and order are read, which dx takes. dy: [N, C, Ho, Wo] of x's type.
Tensor MaxPoolBackward(const Tensor& x, const Tensor& argmax, const Tensor& dy, const PoolingOptions& options);

// The mean of each window over those of its places that lie inside x. Shapes, types and orders as for MaxPool.
Tensor AveragePool(const Tensor& x, const PoolingOptions& options);

// dx [N, C, H, W]: each dy is shared out equally to its window. Of x, only its shape, type and order are read, which dx
// takes. dy: [N, C, Ho, Wo] of x's type.
Tensor AveragePoolBackward(const Tensor& x, const Tensor& dy, const PoolingOptions& options);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_POOLING_H_
