#include "modules/primitives/layer_norm.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "modules/base/check.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/primitives/internal/rows.h"
#include "modules/primitives/reference/layer_norm.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using reference::FromTensor;
using reference::ToTensor;

constexpr int64_t kStrip = 128;  // so many columns of a parameter's gradient are summed side by side

DL_MULTIVERSION void Forward(int64_t rows, int64_t n, const float* x, const float* scale, const float* shift,
                             float epsilon, float* __restrict y, float* mean, float* variance) {
  for (int64_t r = 0; r < rows; ++r, x += n, y += n) {
    const double m = SumOf(n, [x](int64_t i) { return static_cast<double>(x[i]); }) / n;
    const double v = SumOf(n, [x, m](int64_t i) { return (x[i] - m) * (x[i] - m); }) / n;
    const auto center = static_cast<float>(m), factor = static_cast<float>(1.0 / std::sqrt(v + epsilon));
    for (int64_t i = 0; i < n; ++i) y[i] = (x[i] - center) * factor * scale[i] + shift[i];
    mean[r] = center;
    variance[r] = static_cast<float>(v);
  }
}

// With z = (x - mean) · factor and g = dy · scale: dx = factor (g - mean(g) - z mean(g z)).
DL_MULTIVERSION void BackwardRows(int64_t rows, int64_t n, const float* x, const float* scale, const float* dy,
                                  const float* mean, const float* factor, float* __restrict dx) {
  for (int64_t r = 0; r < rows; ++r, x += n, dy += n, dx += n) {
    const float m = mean[r], f = factor[r];
    const auto g = static_cast<float>(SumOf(n, [=](int64_t i) { return static_cast<double>(dy[i]) * scale[i]; }) / n);
    const auto gz = static_cast<float>(
        SumOf(n, [=](int64_t i) { return static_cast<double>(dy[i]) * scale[i] * ((x[i] - m) * f); }) / n);
    for (int64_t i = 0; i < n; ++i) dx[i] = f * (dy[i] * scale[i] - g - (x[i] - m) * f * gz);
  }
}

// The sums over all rows of dy · z and of dy, for n <= kStrip columns of rows that are `stride` apart.
DL_MULTIVERSION void BackwardColumns(int64_t rows, int64_t stride, int64_t n, const float* x, const float* dy,
                                     const float* mean, const float* factor, float* dscale, float* dshift) {
  double scales[kStrip] = {}, shifts[kStrip] = {};
  for (int64_t r = 0; r < rows; ++r, x += stride, dy += stride) {
    const float m = mean[r], f = factor[r];
    for (int64_t j = 0; j < n; ++j) scales[j] += dy[j] * ((x[j] - m) * f);
    for (int64_t j = 0; j < n; ++j) shifts[j] += dy[j];
  }
  for (int64_t j = 0; j < n; ++j) dscale[j] = static_cast<float>(scales[j]);
  for (int64_t j = 0; j < n; ++j) dshift[j] = static_cast<float>(shifts[j]);
}

void CheckInputs(const char* op, const Tensor& x, const Tensor& scale) {
  DL_CHECK(x.dtype() != DType::kBF16) << op << ": x is " << ToString(x.dtype())
                                      << ", it must be f32 or f64; Cast(x, DType::kF32) makes it so";
  DL_CHECK(x.rank() >= 1 && x.dim(-1) >= 1)
      << op << ": x is " << ToString(x.shape()) << ", its last axis must have an element";
  DL_CHECK(scale.shape() == Shape{x.dim(-1)}) << op << ": x is " << ToString(x.shape()) << ", scale is "
                                              << ToString(scale.shape()) << "; it must be [" << x.dim(-1) << "]";
}

}  // namespace

LayerNormResult LayerNorm(const Tensor& x, const Tensor& scale, const Tensor& shift, float epsilon) {
  CheckInputs("LayerNorm", x, scale);
  DL_CHECK(shift.shape() == scale.shape()) << "LayerNorm: scale is " << ToString(scale.shape()) << ", shift is "
                                           << ToString(shift.shape()) << "; they must be equal";
  if (AreF64("LayerNorm", x, scale, shift)) {
    const auto [y, mean, variance] = reference::LayerNorm<double>(FromTensor<double>(x), FromTensor<double>(scale),
                                                                  FromTensor<double>(shift), epsilon);
    return {ToTensor(y), ToTensor(mean), ToTensor(variance)};
  }
  const Tensor plain = ToPlain(x);
  const int64_t n = x.dim(-1), rows = x.size() / n;
  const Shape leading(x.shape().begin(), x.shape().end() - 1);
  LayerNormResult result = {Tensor(x.shape()), Tensor(leading), Tensor(leading)};
  const float *from = plain.data(), *by = scale.data(), *to = shift.data();
  float *y = result.y.mutable_data(), *mean = result.mean.mutable_data(), *variance = result.variance.mutable_data();
  ParallelFor(rows, n * 4, [&](int64_t begin, int64_t end) {
    Forward(end - begin, n, from + begin * n, by, to, epsilon, y + begin * n, mean + begin, variance + begin);
  });
  return result;
}

LayerNormGradients LayerNormBackward(const Tensor& x, const Tensor& scale, const LayerNormResult& forward,
                                     const Tensor& dy, float epsilon) {
  CheckInputs("LayerNormBackward", x, scale);
  DL_CHECK(dy.shape() == x.shape()) << "LayerNormBackward: x is " << ToString(x.shape()) << ", dy is "
                                    << ToString(dy.shape()) << "; they must be equal";
  const int64_t n = x.dim(-1), rows = x.size() / n;
  DL_CHECK(forward.mean.size() == rows && forward.variance.size() == rows)
      << "LayerNormBackward: x is " << ToString(x.shape()) << ", mean is " << ToString(forward.mean.shape())
      << "; they are not of one forward pass";
  if (AreF64("LayerNormBackward", x, scale, forward.mean, forward.variance, dy)) {
    const auto [dx, dscale, dshift] = reference::LayerNormBackward<double>(
        FromTensor<double>(x), FromTensor<double>(scale), FromTensor<double>(dy), epsilon);
    return {ToTensor(dx), ToTensor(dscale), ToTensor(dshift)};
  }
  const Tensor plain_x = ToPlain(x), plain_dy = ToPlain(dy);
  std::vector<float> factors(rows);
  for (int64_t r = 0; r < rows; ++r) factors[r] = 1.0f / std::sqrt(forward.variance.data()[r] + epsilon);
  LayerNormGradients result = {Tensor(x.shape()), Tensor({n}), Tensor({n})};
  const float *from = plain_x.data(), *by = scale.data(), *from_dy = plain_dy.data(), *mean = forward.mean.data();
  float *dx = result.dx.mutable_data(), *dscale = result.dscale.mutable_data(), *dshift = result.dshift.mutable_data();
  ParallelFor(rows, n * 4, [&](int64_t begin, int64_t end) {
    BackwardRows(end - begin, n, from + begin * n, by, from_dy + begin * n, mean + begin, factors.data() + begin,
                 dx + begin * n);
  });
  ParallelFor((n + kStrip - 1) / kStrip, rows * kStrip, [&](int64_t begin, int64_t end) {
    for (int64_t first = begin * kStrip; first < std::min(end * kStrip, n); first += kStrip) {
      BackwardColumns(rows, n, std::min(kStrip, n - first), from + first, from_dy + first, mean, factors.data(),
                      dscale + first, dshift + first);
    }
  });
  return result;
}

}  // namespace dl
