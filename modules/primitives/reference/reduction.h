// The twins of reduction.h.
#ifndef MODULES_PRIMITIVES_REFERENCE_REDUCTION_H_
#define MODULES_PRIMITIVES_REFERENCE_REDUCTION_H_

#include <algorithm>
#include <limits>
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
  if (f == Reduction::kMax) std::fill(y.values.begin(), y.values.end(), -std::numeric_limits<T>::infinity());
  for (size_t i = 0; i < x.values.size(); ++i) {
    T& result = y.values[SourceOffset(y.shape, x.shape, i)];
    if (f != Reduction::kMax) result += x.values[i];
    if (f == Reduction::kMax && x.values[i] > result) result = x.values[i];
  }
  if (f == Reduction::kMean) {
    for (T& result : y.values) result /= T(x.values.size()) / T(y.values.size());
  }
  return y;
}

// dx. dy: as y, or without the reduced axes.
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

// The index of the first largest element of each row of x [..., D].
template <typename T>
std::vector<int64_t> ArgMax(const Array<T>& x) {
  std::vector<int64_t> result;
  for (auto row = x.values.begin(); row != x.values.end(); row += x.shape.back()) {
    result.push_back(std::max_element(row, row + x.shape.back()) - row);
  }
  return result;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_REDUCTION_H_
