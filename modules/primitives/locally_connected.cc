#include "modules/primitives/locally_connected.h"

#include <algorithm>

#include "modules/base/check.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/primitives/reference/locally_connected.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using reference::FromTensor;
using reference::ToTensor;

// Everything the loops need: weights are used once an image, so that the images are the innermost loop but the row.
struct Geometry {
  int64_t n, c, h, v, k, r, s, ho, wo, stride, padding;

  int64_t products() const { return n * c * r * s * wo; }  // for one row of one map
};

// The part of a row of units, begin <= j < end, whose window's column s lies inside the image, and where that is.
struct Row {
  int64_t begin, end, first;
};

DL_INLINE Row RowOf(const Geometry& g, int64_t s) {
  const int64_t before = g.padding - s, room = g.v - 1 + before;  // 0 <= j · stride - before <= v - 1
  Row row;
  row.begin = before > 0 ? (before + g.stride - 1) / g.stride : 0;
  row.end = room < 0 ? 0 : std::min(g.wo, room / g.stride + 1);
  row.first = row.begin * g.stride - before;
  return row;
}

// Calls f(w, x, y, count) for each row of weights in row i of map k, and each image: offsets of where the three rows
// begin, and how many units they hold. Weights before images.
template <typename F>
DL_INLINE void ForEachRow(const Geometry& g, int64_t k, int64_t i, int64_t first_c, int64_t end_c, F f) {
  for (int64_t c = first_c; c < end_c; ++c) {
    for (int64_t r = 0; r < g.r; ++r) {
      const int64_t h = i * g.stride + r - g.padding;
      if (h < 0 || h >= g.h) continue;
      for (int64_t s = 0; s < g.s; ++s) {
        const Row row = RowOf(g, s);
        const int64_t w = ((((k * g.c + c) * g.r + r) * g.s + s) * g.ho + i) * g.wo + row.begin;
        for (int64_t n = 0; n < g.n; ++n) {
          f(w, ((n * g.c + c) * g.h + h) * g.v + row.first, ((n * g.k + k) * g.ho + i) * g.wo + row.begin,
            row.end - row.begin);
        }
      }
    }
  }
}

// Rows begin, ..., end - 1 of all maps, row i of map k being k · Ho + i.
DL_MULTIVERSION void Forward(const Geometry& g, int64_t begin, int64_t end, const float* x, const float* w, float* y) {
  for (int64_t row = begin; row < end; ++row) {
    ForEachRow(g, row / g.ho, row % g.ho, 0, g.c, [&](int64_t iw, int64_t ix, int64_t iy, int64_t count) {
      const float* __restrict weights = w + iw, * __restrict from = x + ix;
      float* __restrict to = y + iy;
      if (g.stride == 1) {
        for (int64_t j = 0; j < count; ++j) to[j] += weights[j] * from[j];
      } else {
        for (int64_t j = 0; j < count; ++j) to[j] += weights[j] * from[j * g.stride];
      }
    });
  }
}

DL_MULTIVERSION void BackwardWeights(const Geometry& g, int64_t begin, int64_t end, const float* x, const float* dy,
                                     float* dw) {
  for (int64_t row = begin; row < end; ++row) {
    ForEachRow(g, row / g.ho, row % g.ho, 0, g.c, [&](int64_t iw, int64_t ix, int64_t iy, int64_t count) {
      float* __restrict to = dw + iw;
      const float* __restrict slopes = dy + iy, * __restrict from = x + ix;
      if (g.stride == 1) {
        for (int64_t j = 0; j < count; ++j) to[j] += slopes[j] * from[j];
      } else {
        for (int64_t j = 0; j < count; ++j) to[j] += slopes[j] * from[j * g.stride];
      }
    });
  }
}

// Channels begin, ..., end - 1 of the input.
DL_MULTIVERSION void BackwardData(const Geometry& g, int64_t begin, int64_t end, const float* dy, const float* w,
                                  float* dx) {
  for (int64_t row = 0; row < g.k * g.ho; ++row) {
    ForEachRow(g, row / g.ho, row % g.ho, begin, end, [&](int64_t iw, int64_t ix, int64_t iy, int64_t count) {
      const float* __restrict weights = w + iw, * __restrict slopes = dy + iy;
      float* __restrict to = dx + ix;
      if (g.stride == 1) {
        for (int64_t j = 0; j < count; ++j) to[j] += weights[j] * slopes[j];
      } else {
        for (int64_t j = 0; j < count; ++j) to[j * g.stride] += weights[j] * slopes[j];
      }
    });
  }
}

Geometry GeometryOf(const Shape& x, const Shape& w, const LocallyConnectedOptions& o) {
  DL_CHECK(x.size() == 4 && w.size() == 6 && x[1] == w[1])
      << "LocallyConnected: x is " << ToString(x) << ", w is " << ToString(w)
      << "; they must be [N, C, H, W] and [K, C, R, S, Ho, Wo]";
  DL_CHECK(o.stride >= 1 && o.padding >= 0)
      << "LocallyConnected: stride " << o.stride << ", padding " << o.padding << "; they must be at least 1 and 0";
  for (int axis = 2; axis < 4; ++axis) {
    const int64_t room = x[axis] + 2 * o.padding - w[axis];
    DL_CHECK(room >= 0 && room / o.stride + 1 == w[axis + 2])
        << "LocallyConnected: x is " << ToString(x) << ", w is " << ToString(w) << ", stride " << o.stride
        << ", padding " << o.padding << "; axis " << axis + 2 << " of w must count the places of the window";
  }
  return {x[0], x[1], x[2], x[3], w[0], w[2], w[3], w[4], w[5], o.stride, o.padding};
}

void CheckOutput(const char* op, const Tensor& dy, const Geometry& g) {
  DL_CHECK(dy.shape() == (Shape{g.n, g.k, g.ho, g.wo}))
      << op << ": dy is " << ToString(dy.shape()) << ", it must be " << ToString(Shape{g.n, g.k, g.ho, g.wo});
}

}  // namespace

Tensor LocallyConnected(const Tensor& x, const Tensor& w, const Tensor& b, const LocallyConnectedOptions& options) {
  const Geometry g = GeometryOf(x.shape(), w.shape(), options);
  DL_CHECK(b.shape() == (Shape{g.k, g.ho, g.wo})) << "LocallyConnected: b is " << ToString(b.shape()) << ", w is "
                                                  << ToString(w.shape()) << "; b must be [K, Ho, Wo]";
  if (AreF64("LocallyConnected", x, w, b)) {
    return ToTensor(
        reference::LocallyConnected(FromTensor<double>(x), FromTensor<double>(w), FromTensor<double>(b), options));
  }
  const Tensor plain = ToPlain(x);
  Tensor y({g.n, g.k, g.ho, g.wo});
  float* to = y.mutable_data();
  for (int64_t n = 0; n < g.n; ++n) std::copy_n(b.data(), b.size(), to + n * b.size());
  ParallelFor(g.k * g.ho, g.products(),
              [&](int64_t begin, int64_t end) { Forward(g, begin, end, plain.data(), w.data(), to); });
  return y;
}

Tensor LocallyConnectedBackwardData(const Tensor& dy, const Tensor& w, const Shape& x_shape,
                                    const LocallyConnectedOptions& options) {
  const Geometry g = GeometryOf(x_shape, w.shape(), options);
  CheckOutput("LocallyConnectedBackwardData", dy, g);
  if (AreF64("LocallyConnectedBackwardData", dy, w)) {
    return ToTensor(
        reference::LocallyConnectedBackwardData(FromTensor<double>(dy), FromTensor<double>(w), x_shape, options));
  }
  const Tensor plain = ToPlain(dy);
  Tensor dx = Tensor::Zeros(x_shape);
  float* to = dx.mutable_data();
  ParallelFor(g.c, g.products() / g.c * g.k * g.ho,
              [&](int64_t begin, int64_t end) { BackwardData(g, begin, end, plain.data(), w.data(), to); });
  return dx;
}

LocallyConnectedGradients LocallyConnectedBackwardWeights(const Tensor& x, const Tensor& dy, const Shape& w_shape,
                                                          const LocallyConnectedOptions& options) {
  const Geometry g = GeometryOf(x.shape(), w_shape, options);
  CheckOutput("LocallyConnectedBackwardWeights", dy, g);
  if (AreF64("LocallyConnectedBackwardWeights", x, dy)) {
    const auto [dw, db] =
        reference::LocallyConnectedBackwardWeights(FromTensor<double>(x), FromTensor<double>(dy), w_shape, options);
    return {ToTensor(dw), ToTensor(db)};
  }
  const Tensor plain_x = ToPlain(x), plain_dy = ToPlain(dy);
  LocallyConnectedGradients gradients = {Tensor::Zeros(w_shape), Tensor::Zeros({g.k, g.ho, g.wo})};
  float *dw = gradients.dw.mutable_data(), *db = gradients.db.mutable_data();
  ParallelFor(g.k * g.ho, g.products(),
              [&](int64_t begin, int64_t end) { BackwardWeights(g, begin, end, plain_x.data(), plain_dy.data(), dw); });
  const int64_t places = gradients.db.size();
  for (int64_t n = 0; n < g.n; ++n) {
    for (int64_t i = 0; i < places; ++i) db[i] += plain_dy.data()[n * places + i];
  }
  return gradients;
}

}  // namespace dl
