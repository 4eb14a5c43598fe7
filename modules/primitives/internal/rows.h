// Sums and maxima of a row, for the loops of multi-versioned functions. kLanes partial results run side by side on every
// machine, so that all machines add in one order.
#ifndef MODULES_PRIMITIVES_INTERNAL_ROWS_H_
#define MODULES_PRIMITIVES_INTERNAL_ROWS_H_

#include <cstdint>
#include <limits>

#include "modules/primitives/internal/lanes.h"
#include "modules/primitives/internal/multiversion.h"

namespace dl {

// term(0) + ... + term(n - 1) in double: a sum of n floats is off by at most n 2^-53 of the sum of their magnitudes.
template <typename Term>
DL_INLINE double SumOf(int64_t n, Term term) {
  double sum = 0;
  const int64_t whole = n - n % kLanes;
  if (whole > 0) {
    double lanes[kLanes] = {};
    for (int64_t i = 0; i < whole; i += kLanes) {
      for (int l = 0; l < kLanes; ++l) lanes[l] += term(i + l);
    }
    for (int half = kLanes / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; ++l) lanes[l] += lanes[l + half];
    }
    sum = lanes[0];
  }
  for (int64_t i = whole; i < n; ++i) sum += term(i);
  return sum;
}

// The largest of x[0], ..., x[n - 1], NaNs apart; minus infinity for n = 0.
DL_INLINE float MaximumOf(int64_t n, const float* x) {
  float largest = -std::numeric_limits<float>::infinity();
  const int64_t whole = n - n % kLanes;
#pragma omp simd reduction(max : largest)
  for (int64_t i = 0; i < whole; ++i) largest = x[i] > largest ? x[i] : largest;
  for (int64_t i = whole; i < n; ++i) largest = x[i] > largest ? x[i] : largest;
  return largest;
}

}  // namespace dl

#endif  // MODULES_PRIMITIVES_INTERNAL_ROWS_H_
