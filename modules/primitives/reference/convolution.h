// The twins of convolution.h: each sum as a loop over all of its terms.
#ifndef MODULES_PRIMITIVES_REFERENCE_CONVOLUTION_H_
#define MODULES_PRIMITIVES_REFERENCE_CONVOLUTION_H_

#include "modules/primitives/convolution_shape.h"
#include "modules/primitives/reference/array.h"

namespace dl::reference {

// [products]
// One product that the convolution adds up: w[k, c, r, s] x[n, g·C/groups + c, h, v] belongs to y[n, k, i, j]; g is the
// group that k is in. Calls f(n, k, i, j, channel of x, h, v, c, r, s) for each that lies inside x.
template <typename F>
void ForEachProduct(const Shape& x, const Shape& w, const ConvolutionOptions& o, F f) {
  const Shape y = ConvolutionShape(x, w, o);
  for (int64_t n = 0; n < y[0]; ++n)
    for (int64_t k = 0; k < y[1]; ++k)
      for (int64_t i = 0; i < y[2]; ++i)
        for (int64_t j = 0; j < y[3]; ++j)
          for (int64_t c = 0; c < w[1]; ++c)
            for (int64_t r = 0; r < w[2]; ++r)
              for (int64_t s = 0; s < w[3]; ++s) {
                const int64_t channel = k / (w[0] / o.groups) * w[1] + c;
                const int64_t h = i * o.stride + r * o.dilation - o.padding;
                const int64_t v = j * o.stride + s * o.dilation - o.padding;
                if (h >= 0 && h < x[2] && v >= 0 && v < x[3]) f(n, k, i, j, channel, h, v, c, r, s);
              }
}
// [/products]

// [convolution]
// y [N, K, Ho, Wo]; b: [K], or without elements for no bias.
template <typename T>
Array<T> Convolution(const Array<T>& x, const Array<T>& w, const Array<T>& b, const ConvolutionOptions& o) {
  Array<T> y(ConvolutionShape(x.shape, w.shape, o));
  ForEachProduct(x.shape, w.shape, o, [&](auto n, auto k, auto i, auto j, auto channel, auto h, auto v, auto... crs) {
    y(n, k, i, j) += w(k, crs...) * x(n, channel, h, v);
  });
  const int64_t area = y.shape[2] * y.shape[3];
  for (size_t e = 0; e < y.values.size() && !b.values.empty(); ++e) y.values[e] += b.values[e / area % y.shape[1]];
  return y;
}
// [/convolution]

// [backward]
// dx [N, C, H, W] = `x_shape`.
template <typename T>
Array<T> ConvolutionBackwardData(const Array<T>& dy, const Array<T>& w, const Shape& x_shape,
                                 const ConvolutionOptions& o) {
  Array<T> dx(x_shape);
  ForEachProduct(x_shape, w.shape, o, [&](auto n, auto k, auto i, auto j, auto channel, auto h, auto v, auto... crs) {
    dx(n, channel, h, v) += w(k, crs...) * dy(n, k, i, j);
  });
  return dx;
}
// [/backward]

// dw [K, C / groups, R, S] = `w_shape`.
template <typename T>
Array<T> ConvolutionBackwardWeights(const Array<T>& x, const Array<T>& dy, const Shape& w_shape,
                                    const ConvolutionOptions& o) {
  Array<T> dw(w_shape);
  ForEachProduct(x.shape, w_shape, o, [&](auto n, auto k, auto i, auto j, auto channel, auto h, auto v, auto... crs) {
    dw(k, crs...) += dy(n, k, i, j) * x(n, channel, h, v);
  });
  return dw;
}

// db [K].
template <typename T>
Array<T> ConvolutionBackwardBias(const Array<T>& dy) {
  Array<T> db(Shape{dy.shape[1]});
  const int64_t area = dy.shape[2] * dy.shape[3];
  for (size_t e = 0; e < dy.values.size(); ++e) db.values[e / area % dy.shape[1]] += dy.values[e];
  return db;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_CONVOLUTION_H_
