// The twins of locally_connected.h.
#ifndef MODULES_PRIMITIVES_REFERENCE_LOCALLY_CONNECTED_H_
#define MODULES_PRIMITIVES_REFERENCE_LOCALLY_CONNECTED_H_

#include "modules/primitives/locally_connected.h"
#include "modules/primitives/reference/array.h"

namespace dl::reference {

// Calls f(n, k, c, r, s, i, j, h, v) for each product of the sum: unit (i, j) sees pixel (h, v).
template <typename F>
void ForEachConnection(const Shape& x, const Shape& w, const LocallyConnectedOptions& o, F f) {
  for (int64_t n = 0; n < x[0]; ++n) {
    for (int64_t k = 0; k < w[0]; ++k) {
      for (int64_t c = 0; c < w[1]; ++c) {
        for (int64_t r = 0; r < w[2]; ++r) {
          for (int64_t s = 0; s < w[3]; ++s) {
            for (int64_t i = 0; i < w[4]; ++i) {
              for (int64_t j = 0; j < w[5]; ++j) {
                const int64_t h = i * o.stride + r - o.padding, v = j * o.stride + s - o.padding;
                if (h >= 0 && h < x[2] && v >= 0 && v < x[3]) f(n, k, c, r, s, i, j, h, v);
              }
            }
          }
        }
      }
    }
  }
}

template <typename T>
Array<T> LocallyConnected(const Array<T>& x, const Array<T>& w, const Array<T>& b, const LocallyConnectedOptions& o) {
  Array<T> y({x.shape[0], w.shape[0], w.shape[4], w.shape[5]});
  for (size_t i = 0; i < y.values.size(); ++i) y.values[i] = b.values[i % b.values.size()];
  ForEachConnection(x.shape, w.shape, o, [&](auto n, auto k, auto c, auto r, auto s, auto i, auto j, auto h, auto v) {
    y(n, k, i, j) += w(k, c, r, s, i, j) * x(n, c, h, v);
  });
  return y;
}

template <typename T>
Array<T> LocallyConnectedBackwardData(const Array<T>& dy, const Array<T>& w, const Shape& x_shape,
                                      const LocallyConnectedOptions& o) {
  Array<T> dx(x_shape);
  ForEachConnection(x_shape, w.shape, o, [&](auto n, auto k, auto c, auto r, auto s, auto i, auto j, auto h, auto v) {
    dx(n, c, h, v) += w(k, c, r, s, i, j) * dy(n, k, i, j);
  });
  return dx;
}

template <typename T>
struct LocallyConnectedGradients {
  Array<T> dw, db;
};

template <typename T>
LocallyConnectedGradients<T> LocallyConnectedBackwardWeights(const Array<T>& x, const Array<T>& dy,
                                                             const Shape& w_shape, const LocallyConnectedOptions& o) {
  LocallyConnectedGradients<T> gradients = {Array<T>(w_shape), Array<T>({w_shape[0], w_shape[4], w_shape[5]})};
  const size_t places = gradients.db.values.size();
  for (size_t i = 0; i < dy.values.size(); ++i) gradients.db.values[i % places] += dy.values[i];
  ForEachConnection(x.shape, w_shape, o, [&](auto n, auto k, auto c, auto r, auto s, auto i, auto j, auto h, auto v) {
    gradients.dw(k, c, r, s, i, j) += dy(n, k, i, j) * x(n, c, h, v);
  });
  return gradients;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_LOCALLY_CONNECTED_H_
