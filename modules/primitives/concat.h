// Tensors joined along an axis, and a tensor cut along one.
#ifndef MODULES_PRIMITIVES_CONCAT_H_
#define MODULES_PRIMITIVES_CONCAT_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "modules/primitives/tensor.h"

namespace dl {

// The tensors one after another along `axis`, which counts from the end if negative. At least one tensor; shapes that
// differ in `axis` only; one type, f32, bf16 or f64. Plain tensors give a plain one; where one is blocked, oneDNN
// chooses the order.
Tensor Concat(absl::Span<const Tensor> tensors, int axis);

// x cut along `axis` into pieces of the extents `sizes`, whose sum is x.dim(axis): the inverse of Concat, and its
// backward pass. A blocked x gives blocked pieces where each cut is between two of its blocks, else plain ones.
std::vector<Tensor> Split(const Tensor& x, absl::Span<const int64_t> sizes, int axis);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_CONCAT_H_
