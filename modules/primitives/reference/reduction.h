// The twins of reduction.h.
#ifndef MODULES_PRIMITIVES_REFERENCE_REDUCTION_H_
#define MODULES_PRIMITIVES_REFERENCE_REDUCTION_H_

#include <algorithm>
#include <vector>

#include "modules/primitives/reduction.h"
#include "modules/primitives/reference/array.h"
#include "modules/primitives/reference/broadcast.h"

namespace dl::reference {

// `shape` with the axes `axes` (>= 0) as 1.
inline Shape KeepDims(Shape shape, const std::vector<int>& axes) {
  for (int axis : axes) shape[axis] = 1;
  return shape;
}

// y, with the reduced axes as 1.
template <typename T>
Array<T> Reduce(Reduction f, const Array<T>& x, const std::vector<int>& axes) {
  Array<T> y(KeepDims(x.shape, axes));
  std::vector<int64_t> seen(y.values.size(), 0);
  for (size_t i = 0; i < x.values.size(); ++i) {
    const int64_t j = SourceOffset(y.shape, x.shape, i);
    const bool first = seen[j]++ == 0;
    y.values[j] = f != Reduction::kMax || first ? y.values[j] + x.values[i] : std::max(y.values[j], x.values[i]);
  }
  if (f == Reduction::kMean) {
    for (size_t j = 0; j < y.values.size(); ++j) y.values[j] /= T(seen[j]);
  }
  return y;
}

// dx. dy: as y.
template <typename T>
Array<T> ReduceBackward(Reduction f, const Array<T>& x, const std::vector<int>& axes, const Array<T>& dy) {
  const Array<T> y = Reduce(f, x, axes);
  const T count = T(x.values.size()) / T(y.values.size());
  std::vector<bool> given(y.values.size(), false);
  Array<T> dx(x.shape);
  for (size_t i = 0; i < x.values.size(); ++i) {
    const int64_t j = SourceOffset(y.shape, x.shape, i);
    if (f == Reduction::kSum) dx.values[i] = dy.values[j];
    if (f == Reduction::kMean) dx.values[i] = dy.values[j] / count;
    if (f == Reduction::kMax && x.values[i] == y.values[j] && !given[j]) {
      dx.values[i] = dy.values[j];
      given[j] = true;
    }
  }
  return dx;
}

// The sum of x over what broadcasting `shape` to x's shape expanded.
template <typename T>
Array<T> ReduceTo(const Array<T>& x, const Shape& shape) {
  Array<T> y(shape);
  for (size_t i = 0; i < x.values.size(); ++i) y.values[SourceOffset(shape, x.shape, i)] += x.values[i];
  return y;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_REDUCTION_H_
