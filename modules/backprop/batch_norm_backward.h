// The backward pass of batch normalisation (Ioffe & Szegedy 2015), twice: node by node through the computational graph,
// and by the one formula that is left when all of that is written out and simplified.
//
//   mean = Σ x / N                 variance = Σ squared / N           normal = centred · inverse
//   centred = x - mean             deviation = sqrt(variance + ε)     y = scale · normal + shift
//   squared = centred²             inverse = 1 / deviation
//
// Plain loops over the rows of matrices, to be read beside the mathematics; modules/primitives/batch_normalization.h is
// the one that networks use. T is double, or a type that counts its operations.
#ifndef MODULES_BACKPROP_BATCH_NORM_BACKWARD_H_
#define MODULES_BACKPROP_BATCH_NORM_BACKWARD_H_

#include <cmath>
#include <cstddef>
#include <valarray>
#include <vector>

#include "modules/base/check.h"

namespace dl {

template <typename T>
using Row = std::valarray<T>;  // D features

// A matrix [N, D] as N rows.
template <typename T>
using Rows = std::vector<Row<T>>;

// What the backward pass needs of the forward pass.
template <typename T>
struct BatchNormCache {
  Rows<T> centred, normal;  // [N, D]
  Row<T> inverse;           // [D]
};

template <typename T>
struct BatchNormForwardResult {
  Rows<T> y;  // [N, D]
  BatchNormCache<T> cache;
};

template <typename T>
struct BatchNormSlopes {
  Rows<T> dx;             // [N, D]
  Row<T> dscale, dshift;  // [D]
};

// x: [N, D], N >= 1; scale, shift: [D]. The variance is divided by N.
template <typename T>
BatchNormForwardResult<T> BatchNormForward(const Rows<T>& x, const Row<T>& scale, const Row<T>& shift, T epsilon) {
  DL_CHECK(!x.empty() && x[0].size() == scale.size() && scale.size() == shift.size())
      << "BatchNormForward: " << x.size() << " rows, scale [" << scale.size() << "], shift [" << shift.size() << "]";
  const size_t n = x.size();
  const T count(static_cast<double>(n));
  Row<T> mean(T(0), scale.size()), variance(T(0), scale.size());
  BatchNormForwardResult<T> result{x, {x, x, {}}};
  auto& [centred, normal, inverse] = result.cache;
  for (const Row<T>& row : x) mean += row;
  mean /= count;
  for (size_t i = 0; i < n; ++i) centred[i] = x[i] - mean;
  for (size_t i = 0; i < n; ++i) variance += centred[i] * centred[i];
  variance /= count;
  inverse = T(1) / std::sqrt(variance + epsilon);
  for (size_t i = 0; i < n; ++i) normal[i] = centred[i] * inverse;
  for (size_t i = 0; i < n; ++i) result.y[i] = normal[i] * scale + shift;
  return result;
}

// dy: as y; scale and cache: the forward pass's.
// [staged]
// Each node of the graph hands the gradient on to its inputs, the last node first.
template <typename T>
BatchNormSlopes<T> BatchNormBackwardStaged(const Rows<T>& dy, const Row<T>& scale, const BatchNormCache<T>& cache) {
  const auto& [centred, normal, inverse] = cache;
  const size_t n = dy.size(), features = scale.size();
  const T count(static_cast<double>(n));
  const Row<T> zero(T(0), features);
  Row<T> dshift = zero, dscale = zero, dinverse = zero, dmean = zero;
  Rows<T> dnormal(n, zero), dcentred(n, zero), dsquared(n, zero), dx(n, zero);
  // y = scale · normal + shift
  for (size_t i = 0; i < n; ++i) dshift += dy[i];
  for (size_t i = 0; i < n; ++i) dscale += dy[i] * normal[i];
  for (size_t i = 0; i < n; ++i) dnormal[i] = dy[i] * scale;
  // normal = centred · inverse
  for (size_t i = 0; i < n; ++i) dinverse += dnormal[i] * centred[i];
  for (size_t i = 0; i < n; ++i) dcentred[i] = dnormal[i] * inverse;
  // inverse = 1 / deviation, deviation = sqrt(variance + ε)
  const Row<T> ddeviation = -dinverse * inverse * inverse;
  const Row<T> dvariance = ddeviation * inverse / T(2);
  // variance = Σ squared / N, squared = centred²
  for (size_t i = 0; i < n; ++i) dsquared[i] = dvariance / count;
  for (size_t i = 0; i < n; ++i) dcentred[i] += dsquared[i] * (centred[i] + centred[i]);
  // centred = x - mean, mean = Σ x / N
  for (size_t i = 0; i < n; ++i) dmean -= dcentred[i];
  for (size_t i = 0; i < n; ++i) dx[i] = dcentred[i];
  for (size_t i = 0; i < n; ++i) dx[i] += dmean / count;
  return {dx, dscale, dshift};
}
// [/staged]

// dy: as y; scale and cache: the forward pass's.
// [simplified]
// dx = scale · inverse / N · (N dy - Σ dy - normal · Σ (dy · normal)), and the two sums are wanted anyway.
template <typename T>
BatchNormSlopes<T> BatchNormBackwardSimplified(const Rows<T>& dy, const Row<T>& scale, const BatchNormCache<T>& cache) {
  const size_t n = dy.size(), features = scale.size();
  const T count(static_cast<double>(n));
  const Row<T> zero(T(0), features);
  Row<T> dshift = zero, dscale = zero;
  Rows<T> dx(n, zero);
  for (size_t i = 0; i < n; ++i) {
    dshift += dy[i];
    dscale += dy[i] * cache.normal[i];
  }
  const Row<T> slope = scale * cache.inverse, by_shift = dshift / count, by_scale = dscale / count;
  for (size_t i = 0; i < n; ++i) dx[i] = slope * (dy[i] - by_shift - cache.normal[i] * by_scale);
  return {dx, dscale, dshift};
}
// [/simplified]

}  // namespace dl

#endif  // MODULES_BACKPROP_BATCH_NORM_BACKWARD_H_
