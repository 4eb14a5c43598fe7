// The twins of pooling.h: each window as a loop over its places inside x.
#ifndef MODULES_PRIMITIVES_REFERENCE_POOLING_H_
#define MODULES_PRIMITIVES_REFERENCE_POOLING_H_

#include <algorithm>
#include <vector>

#include "modules/primitives/pooling_shape.h"
#include "modules/primitives/reference/array.h"

namespace dl::reference {

// Calls f(offset of the window's element of y, offsets in x of its places) for each window.
template <typename F>
void ForEachWindow(const Shape& x, const PoolingOptions& o, F f) {
  const Shape y = PoolingShape(x, o);
  const int64_t height = PoolingWindow(x, o, 2), width = PoolingWindow(x, o, 3);
  for (int64_t map = 0; map < x[0] * x[1]; ++map)
    for (int64_t i = 0; i < y[2]; ++i)
      for (int64_t j = 0; j < y[3]; ++j) {
        const int64_t top = i * o.stride - o.padding, left = j * o.stride - o.padding;
        std::vector<int64_t> places;
        for (int64_t h = std::max<int64_t>(top, 0); h < std::min(top + height, x[2]); ++h)
          for (int64_t v = std::max<int64_t>(left, 0); v < std::min(left + width, x[3]); ++v)
            places.push_back((map * x[2] + h) * x[3] + v);
        f((map * y[2] + i) * y[3] + j, places);
      }
}

// The offset of the greatest of `places`, the first of equals.
template <typename T>
int64_t Greatest(const Array<T>& x, const std::vector<int64_t>& places) {
  return *std::max_element(places.begin(), places.end(),
                           [&](int64_t a, int64_t b) { return x.values[a] < x.values[b]; });
}

// y [N, C, Ho, Wo].
template <typename T>
Array<T> MaxPool(const Array<T>& x, const PoolingOptions& o) {
  Array<T> y(PoolingShape(x.shape, o));
  ForEachWindow(x.shape, o, [&](auto at, auto& places) { y.values[at] = x.values[Greatest(x, places)]; });
  return y;
}

// dx [N, C, H, W].
template <typename T>
Array<T> MaxPoolBackward(const Array<T>& x, const Array<T>& dy, const PoolingOptions& o) {
  Array<T> dx(x.shape);
  ForEachWindow(x.shape, o, [&](auto at, auto& places) { dx.values[Greatest(x, places)] += dy.values[at]; });
  return dx;
}

// y [N, C, Ho, Wo].
template <typename T>
Array<T> AveragePool(const Array<T>& x, const PoolingOptions& o) {
  Array<T> y(PoolingShape(x.shape, o));
  ForEachWindow(x.shape, o, [&](auto at, auto& places) {
    for (int64_t place : places) y.values[at] += x.values[place] / T(places.size());
  });
  return y;
}

// dx [N, C, H, W] = `x_shape`.
template <typename T>
Array<T> AveragePoolBackward(const Array<T>& dy, const Shape& x_shape, const PoolingOptions& o) {
  Array<T> dx(x_shape);
  ForEachWindow(x_shape, o, [&](auto at, auto& places) {
    for (int64_t place : places) dx.values[place] += dy.values[at] / T(places.size());
  });
  return dx;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_POOLING_H_
