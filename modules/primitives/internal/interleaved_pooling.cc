#include "modules/primitives/internal/interleaved_pooling.h"

#include <algorithm>

#include "modules/primitives/internal/interleaved.h"
#include "modules/primitives/internal/multiversion.h"

namespace dl::interleaved {
namespace {

using Bytes = uint8_t __attribute__((vector_size(kLanes)));

// One window of a map: the offset of its element of y, and its places inside x.
struct Window {
  int64_t at;
  int64_t top, bottom, left, right;       // rows and columns of x; bottom and right are not part of it
  int64_t skipped_rows, skipped_columns;  // before the first that is inside x
  int64_t places() const { return (bottom - top) * (right - left); }
};

// Calls f(window) for each window of a map.
template <typename F>
inline void ForEachWindow(const Windows& w, F f) {
  for (int64_t i = 0; i < w.y[2]; ++i) {
    for (int64_t j = 0; j < w.y[3]; ++j) {
      const int64_t top = i * w.stride - w.padding, left = j * w.stride - w.padding;
      const int64_t row = std::max<int64_t>(top, 0), column = std::max<int64_t>(left, 0);
      f(Window{i * w.y[3] + j, row, std::min(top + w.height, w.x[2]), column, std::min(left + w.width, w.x[3]),
               row - top, column - left});
    }
  }
}

// Calls f(offset in x, place in the window) for each place of the window inside x.
template <typename F>
inline void ForEachPlace(const Windows& w, const Window& window, F f) {
  for (int64_t h = window.top; h < window.bottom; ++h) {
    const int64_t place = (h - window.top + window.skipped_rows) * w.width + window.skipped_columns;
    for (int64_t v = window.left; v < window.right; ++v) f(h * w.x[3] + v, place + v - window.left);
  }
}

// Whether the windows cover x without a gap and without overlap.
inline bool MeetEachPlaceOnce(const Windows& w) {
  return w.padding == 0 && w.height == w.stride && w.width == w.stride && w.y[2] * w.stride == w.x[2] &&
         w.y[3] * w.stride == w.x[3];
}

// The four kernels, for one map of x and of y.
DL_MULTIVERSION DL_FLATTEN
void Maximum(const Windows& w, const Vector* x, Vector* y, Bytes* argmax) {
  ForEachWindow(w, [&](const Window& window) {
    Vector best = x[window.top * w.x[3] + window.left];
    LaneMask where = LaneMask{} + static_cast<int>(window.skipped_rows * w.width + window.skipped_columns);
    ForEachPlace(w, window, [&](int64_t offset, int64_t place) {
      const Vector candidate = x[offset];
      const LaneMask greater = candidate > best;
      best = greater ? candidate : best;
      where = greater ? LaneMask{} + static_cast<int>(place) : where;
    });
    y[window.at] = best;
    argmax[window.at] = __builtin_convertvector(where, Bytes);
  });
}

DL_MULTIVERSION DL_FLATTEN
void MaximumBackward(const Windows& w, const Bytes* argmax, const Vector* dy, Vector* dx) {
  const bool each_once = MeetEachPlaceOnce(w);
  if (!each_once) std::fill_n(dx, w.x[2] * w.x[3], Vector{});
  ForEachWindow(w, [&](const Window& window) {
    const LaneMask where = __builtin_convertvector(argmax[window.at], LaneMask);
    const Vector d = dy[window.at];
    ForEachPlace(w, window, [&](int64_t offset, int64_t place) {
      const Vector part = where == LaneMask{} + static_cast<int>(place) ? d : Vector{};
      dx[offset] = each_once ? part : dx[offset] + part;
    });
  });
}

DL_MULTIVERSION DL_FLATTEN
void Mean(const Windows& w, const Vector* x, Vector* y) {
  ForEachWindow(w, [&](const Window& window) {
    Vector sum = {};
    ForEachPlace(w, window, [&](int64_t offset, int64_t) { sum += x[offset]; });
    y[window.at] = sum / static_cast<float>(window.places());
  });
}

DL_MULTIVERSION DL_FLATTEN
void MeanBackward(const Windows& w, const Vector* dy, Vector* dx) {
  std::fill_n(dx, w.x[2] * w.x[3], Vector{});
  ForEachWindow(w, [&](const Window& window) {
    const Vector share = dy[window.at] / static_cast<float>(window.places());
    ForEachPlace(w, window, [&](int64_t offset, int64_t) { dx[offset] += share; });
  });
}

// Calls f(offset of a map in x, its offset in y) for each map, one channel of a group, on all threads.
template <typename F>
void ForEachMap(const Windows& w, F f) {
  const int64_t maps = Groups(w.x[0]) * w.x[1];
#pragma omp parallel for schedule(static)
  for (int64_t map = 0; map < maps; ++map) f(map * w.x[2] * w.x[3], map * w.y[2] * w.y[3]);
}

}  // namespace

Tensor MaxPool(const Windows& w, const Tensor& x, Tensor& argmax) {
  Tensor y = Make(w.y);
  argmax = onednn::MakeTensor(DescOf(w.y, dnnl::memory::data_type::u8), w.y);
  Vector* maxima = MutableVectors(y);
  Bytes* places = static_cast<Bytes*>(argmax.mutable_raw());
  ForEachMap(w, [&](int64_t in_x, int64_t in_y) { Maximum(w, Vectors(x) + in_x, maxima + in_y, places + in_y); });
  return y;
}

Tensor MaxPoolBackward(const Windows& w, const Tensor& argmax, const Tensor& dy) {
  Tensor dx = Make(w.x);
  Vector* slopes = MutableVectors(dx);
  const Bytes* places = static_cast<const Bytes*>(argmax.raw());
  ForEachMap(w,
             [&](int64_t in_x, int64_t in_y) { MaximumBackward(w, places + in_y, Vectors(dy) + in_y, slopes + in_x); });
  return dx;
}

Tensor AveragePool(const Windows& w, const Tensor& x) {
  Tensor y = Make(w.y);
  Vector* means = MutableVectors(y);
  ForEachMap(w, [&](int64_t in_x, int64_t in_y) { Mean(w, Vectors(x) + in_x, means + in_y); });
  return y;
}

Tensor AveragePoolBackward(const Windows& w, const Tensor& dy) {
  Tensor dx = Make(w.x);
  Vector* slopes = MutableVectors(dx);
  ForEachMap(w, [&](int64_t in_x, int64_t in_y) { MeanBackward(w, Vectors(dy) + in_y, slopes + in_x); });
  return dx;
}

}  // namespace dl::interleaved
