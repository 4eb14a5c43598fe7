// Sums, means and maxima along axes, and the sum that undoes broadcasting.
#ifndef MODULES_PRIMITIVES_REDUCTION_H_
#define MODULES_PRIMITIVES_REDUCTION_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "modules/primitives/tensor.h"

namespace dl {

enum class Reduction { kSum, kMean, kMax };

// "sum", "mean" or "max".
const char* ToString(Reduction f);

// Reduces the axes `axes` of x, f32 or f64 and of any layout; a negative axis counts from the end. They stay as extents
// 1 with `keep_dims`, else they vanish. The result is plain.
//
// Sums of f32 run in double and are rounded to f32 once for each run of adjacent reduced axes, so their error is that
// of the last bit of each such sum, however long. Neither they nor anything else here depends on the number of threads.
// The mean and the maximum of no elements are mistakes; a maximum passes over NaNs.
Tensor Reduce(Reduction f, const Tensor& x, absl::Span<const int> axes, bool keep_dims = false);

// Over all axes: the scalar [].
Tensor Reduce(Reduction f, const Tensor& x);

// dx of Reduce(f, x, axes): dy spread over the reduced axes; for the mean divided by their extent, for the maximum
// given to the first element in row-major order that has it. dy: as y, with or without the reduced axes. dx: as x,
// plain.
Tensor ReduceBackward(Reduction f, const Tensor& x, absl::Span<const int> axes, const Tensor& dy);

// Sums x down to `shape`, which broadcasts to x's: the backward pass of that broadcast. x itself if it has that shape.
Tensor ReduceTo(const Tensor& x, const Shape& shape);

// The index of the first largest element along the last axis of x [..., D], D >= 1: one for each row, in row-major
// order.
std::vector<int64_t> ArgMax(const Tensor& x);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_REDUCTION_H_
