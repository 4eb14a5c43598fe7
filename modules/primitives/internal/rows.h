// Sums and maxima of a row, for the loops of multi-versioned functions.
#ifndef MODULES_PRIMITIVES_INTERNAL_ROWS_H_
#define MODULES_PRIMITIVES_INTERNAL_ROWS_H_

#include <cstdint>
#include <limits>

#include "modules/primitives/internal/multiversion.h"

namespace dl {

// One AVX-512 register of floats: as many partial results run side by side on every machine, so that all machines add
// in one order.
inline constexpr int kLanes = 16;

// term(0) + ... + term(n - 1) in double: a sum of n floats is off by at most n 2^-53 of the sum of their magnitudes.
template <typename Term>
DL_INLINE double SumOf(int64_t n, Term term) {
  double lanes[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (int l = 0; l < kLanes; ++l) lanes[l] += term(i + l);
  }
  for (int l = 0; i < n; ++i, ++l) lanes[l] += term(i);
  for (int half = kLanes / 2; half > 0; half /= 2) {
    for (int l = 0; l < half; ++l) lanes[l] += lanes[l + half];
  }
  return lanes[0];
}

// The largest of x[0], ..., x[n - 1]; minus infinity for n = 0.
DL_INLINE float MaximumOf(int64_t n, const float* x) {
  float lanes[kLanes];
  for (float& lane : lanes) lane = -std::numeric_limits<float>::infinity();
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (int l = 0; l < kLanes; ++l) lanes[l] = x[i + l] > lanes[l] ? x[i + l] : lanes[l];
  }
  for (int l = 0; i < n; ++i, ++l) lanes[l] = x[i] > lanes[l] ? x[i] : lanes[l];
  for (int half = kLanes / 2; half > 0; half /= 2) {
    for (int l = 0; l < half; ++l) lanes[l] = lanes[l + half] > lanes[l] ? lanes[l + half] : lanes[l];
  }
  return lanes[0];
}

}  // namespace dl

#endif  // MODULES_PRIMITIVES_INTERNAL_ROWS_H_
