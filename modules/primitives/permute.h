// The axes of a tensor in another order; for a matrix, its transpose.
#ifndef MODULES_PRIMITIVES_PERMUTE_H_
#define MODULES_PRIMITIVES_PERMUTE_H_

#include "absl/types/span.h"
#include "modules/primitives/tensor.h"

namespace dl {

// y with y.dim(i) = x.dim(axes[i]): NumPy's transpose(x, axes). `axes` holds each of 0, ..., rank - 1 once. x: f32,
// bf16 or f64, any layout; y: plain.
Tensor Permute(const Tensor& x, absl::Span<const int> axes);

// x [N, D] as [D, N].
Tensor Transpose(const Tensor& x);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_PERMUTE_H_
