// The twin of layer_norm.h.
#ifndef MODULES_PRIMITIVES_REFERENCE_LAYER_NORM_H_
#define MODULES_PRIMITIVES_REFERENCE_LAYER_NORM_H_

#include <cmath>

#include "modules/primitives/reference/array.h"

namespace dl::reference {

template <typename T>
struct LayerNormResult {
  Array<T> y, mean, variance;
};

// y = (x - mean) / sqrt(variance + epsilon) · scale + shift for each row of x [..., D].
template <typename T>
LayerNormResult<T> LayerNorm(const Array<T>& x, const Array<T>& scale, const Array<T>& shift, T epsilon) {
  const size_t n = x.shape.back();
  const Shape leading(x.shape.begin(), x.shape.end() - 1);
  LayerNormResult<T> result = {Array<T>(x.shape), Array<T>(leading), Array<T>(leading)};
  for (size_t r = 0; r < result.mean.values.size(); ++r) {
    const T* row = &x.values[r * n];
    T& mean = result.mean.values[r];
    T& variance = result.variance.values[r];
    for (size_t i = 0; i < n; ++i) mean += row[i] / T(n);
    for (size_t i = 0; i < n; ++i) variance += (row[i] - mean) * (row[i] - mean) / T(n);
    for (size_t i = 0; i < n; ++i) {
      result.y.values[r * n + i] = (row[i] - mean) / std::sqrt(variance + epsilon) * scale.values[i] + shift.values[i];
    }
  }
  return result;
}

template <typename T>
struct LayerNormGradients {
  Array<T> dx, dscale, dshift;
};

// With z = (x - mean) / s, s = sqrt(variance + epsilon) and g = dy · scale:
// dz_j/dx_i = ([i = j] - 1/D - z_i z_j / D) / s, so that dx = (g - mean(g) - z mean(g z)) / s.
template <typename T>
LayerNormGradients<T> LayerNormBackward(const Array<T>& x, const Array<T>& scale, const Array<T>& dy, T epsilon) {
  const size_t n = x.shape.back();
  const Array<T> ones(scale.shape, std::vector<T>(n, T(1))), zeros(scale.shape);
  const LayerNormResult<T> forward = LayerNorm(x, ones, zeros, epsilon);
  LayerNormGradients<T> result = {Array<T>(x.shape), Array<T>(scale.shape), Array<T>(scale.shape)};
  for (size_t r = 0; r < forward.mean.values.size(); ++r) {
    const T* z = &forward.y.values[r * n];
    const T* row = &dy.values[r * n];
    T g = 0, gz = 0;
    for (size_t i = 0; i < n; ++i) {
      g += row[i] * scale.values[i] / T(n);
      gz += row[i] * scale.values[i] * z[i] / T(n);
      result.dscale.values[i] += row[i] * z[i];
      result.dshift.values[i] += row[i];
    }
    const T s = std::sqrt(forward.variance.values[r] + epsilon);
    for (size_t i = 0; i < n; ++i) result.dx.values[r * n + i] = (row[i] * scale.values[i] - g - z[i] * gz) / s;
  }
  return result;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_LAYER_NORM_H_
