#include "modules/primitives/softmax.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "modules/base/check.h"
#include "modules/primitives/internal/exponential.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/primitives/internal/rows.h"
#include "modules/primitives/permute.h"
#include "modules/primitives/reference/softmax.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using reference::FromTensor;
using reference::ToTensor;

// The exponentials of so many elements are taken in one loop, across rows, since one row may be short.
constexpr int64_t kBlock = 2048;

enum class Kind { kPlain, kLog };

// x [rows, n] to y; e [rows, n] receives exponentials and may be y where y is not their logarithm.
DL_MULTIVERSION void Forward(Kind kind, int64_t rows, int64_t n, const float* x, float* y, float* e) {
  for (int64_t r = 0; r < rows; ++r) {
    const float largest = MaximumOf(n, x + r * n);
#pragma GCC ivdep
    for (int64_t i = r * n; i < (r + 1) * n; ++i) y[i] = x[i] - largest;
  }
#pragma GCC ivdep
  for (int64_t i = 0; i < rows * n; ++i) e[i] = ExponentialOfNegative(y[i]);
  for (int64_t r = 0; r < rows; ++r) {
    const double sum = SumOf(n, [e, r, n](int64_t i) { return static_cast<double>(e[r * n + i]); });
    if (kind == Kind::kLog) {
      const auto logarithm = static_cast<float>(std::log(sum));
      for (int64_t i = r * n; i < (r + 1) * n; ++i) y[i] -= logarithm;
    } else {
      const auto factor = static_cast<float>(1.0 / sum);
      for (int64_t i = r * n; i < (r + 1) * n; ++i) y[i] *= factor;
    }
  }
}

DL_MULTIVERSION void BackwardPlain(int64_t rows, int64_t n, const float* y, const float* dy, float* __restrict dx) {
  for (int64_t r = 0; r < rows; ++r, y += n, dy += n, dx += n) {
    const auto dot = static_cast<float>(SumOf(n, [=](int64_t i) { return static_cast<double>(y[i]) * dy[i]; }));
    for (int64_t i = 0; i < n; ++i) dx[i] = y[i] * (dy[i] - dot);
  }
}

DL_MULTIVERSION void BackwardLog(int64_t rows, int64_t n, const float* y, const float* dy, float* __restrict dx) {
  for (int64_t i = 0; i < rows * n; ++i) dx[i] = ExponentialOfNegative(y[i]);
  for (int64_t r = 0; r < rows; ++r, dy += n, dx += n) {
    const auto sum = static_cast<float>(SumOf(n, [=](int64_t i) { return static_cast<double>(dy[i]); }));
    for (int64_t i = 0; i < n; ++i) dx[i] = dy[i] - dx[i] * sum;
  }
}

// Calls body(first element, rows) for blocks of the rows of x [..., n].
template <typename Body>
void ForEachBlock(const Tensor& x, Body body) {
  const int64_t n = x.dim(-1);
  if (x.size() == 0) return;
  const int64_t rows = x.size() / n, step = std::max<int64_t>(kBlock / n, 1);
  ParallelFor(rows, n * 8, [&](int64_t begin, int64_t end) {  // an exponential is worth about eight additions
    for (int64_t r = begin; r < end; r += step) body(r * n, std::min(step, end - r));
  });
}

// x in plain order with `axis` last; its own inverse, since it swaps the two. It checks x, too.
Tensor WithAxisLast(const char* op, const Tensor& x, int axis) {
  const int index = axis < 0 ? axis + x.rank() : axis;
  DL_CHECK(index >= 0 && index < x.rank()) << op << ": x is " << ToString(x.shape()) << ", which has no axis " << axis;
  DL_CHECK(x.dtype() != DType::kBF16) << op << ": x is " << ToString(x.dtype())
                                      << ", it must be f32 or f64; Cast(x, DType::kF32) makes it so";
  if (index == x.rank() - 1) return ToPlain(x);
  std::vector<int> axes(x.rank());
  std::iota(axes.begin(), axes.end(), 0);
  std::swap(axes[index], axes.back());
  return Permute(x, axes);
}

Tensor Run(const char* op, Kind kind, const Tensor& input, int axis) {
  const Tensor x = WithAxisLast(op, input, axis);
  if (AreF64(op, x)) {
    const auto twin = kind == Kind::kLog ? reference::LogSoftmax<double> : reference::Softmax<double>;
    return WithAxisLast(op, ToTensor(twin(FromTensor<double>(x))), axis);
  }
  Tensor y(x.shape());
  const int64_t n = x.dim(-1);
  const float* from = x.data();
  float* to = y.mutable_data();
  ForEachBlock(x, [&](int64_t first, int64_t rows) {
    std::vector<float> exponentials(kind == Kind::kLog ? rows * n : 0);
    Forward(kind, rows, n, from + first, to + first, kind == Kind::kLog ? exponentials.data() : to + first);
  });
  return WithAxisLast(op, y, axis);
}

Tensor RunBackward(const char* op, Kind kind, const Tensor& output, const Tensor& gradient, int axis) {
  DL_CHECK(output.shape() == gradient.shape()) << op << ": y is " << ToString(output.shape()) << ", dy is "
                                               << ToString(gradient.shape()) << "; they must be equal";
  const Tensor y = WithAxisLast(op, output, axis), dy = WithAxisLast(op, gradient, axis);
  if (AreF64(op, y, dy)) {
    const auto twin = kind == Kind::kLog ? reference::LogSoftmaxBackward<double> : reference::SoftmaxBackward<double>;
    return WithAxisLast(op, ToTensor(twin(FromTensor<double>(y), FromTensor<double>(dy))), axis);
  }
  Tensor dx(y.shape());
  const auto backward = kind == Kind::kLog ? BackwardLog : BackwardPlain;
  const float *from = y.data(), *from_dy = dy.data();
  float* to = dx.mutable_data();
  ForEachBlock(
      y, [&](int64_t first, int64_t rows) { backward(rows, y.dim(-1), from + first, from_dy + first, to + first); });
  return WithAxisLast(op, dx, axis);
}

}  // namespace

Tensor Softmax(const Tensor& x, int axis) { return Run("Softmax", Kind::kPlain, x, axis); }

Tensor LogSoftmax(const Tensor& x, int axis) { return Run("LogSoftmax", Kind::kLog, x, axis); }

Tensor SoftmaxBackward(const Tensor& y, const Tensor& dy, int axis) {
  return RunBackward("SoftmaxBackward", Kind::kPlain, y, dy, axis);
}

Tensor LogSoftmaxBackward(const Tensor& y, const Tensor& dy, int axis) {
  return RunBackward("LogSoftmaxBackward", Kind::kLog, y, dy, axis);
}

}  // namespace dl
