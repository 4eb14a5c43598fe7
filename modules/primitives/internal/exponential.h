// e^x for x <= 0, as a formula that vectorises; std::exp is a call for each element.
#ifndef MODULES_PRIMITIVES_INTERNAL_EXPONENTIAL_H_
#define MODULES_PRIMITIVES_INTERNAL_EXPONENTIAL_H_

#include <bit>
#include <cstdint>

#include "modules/primitives/internal/multiversion.h"

namespace dl {

// Relative error at most 2e-7 for x in [-87, 0]; 0 below, where results leave the normal numbers; NaN for NaN.
//
// x = n ln 2 + r with n whole and |r| <= ln 2 / 2, and e^x = 2^n e^r, whose Taylor series to the power 7 is off by
// 6e-9.
DL_INLINE float ExponentialOfNegative(float x) {
  constexpr float kLog2E = 1.44269504f;
  constexpr float kLn2High = 0x1.62ep-1f, kLn2Low = 0x1.0bfbe8p-15f;  // ln 2; n times the high part is exact
  constexpr float kRound = 0x1.8p23f;  // a number so large leaves no bits for fractions: n stands in its low bits
  const float bounded = x < -87.0f ? -87.0f : x;
  const float shifted = bounded * kLog2E + kRound;
  const float n = shifted - kRound;
  const float r = (bounded - n * kLn2High) - n * kLn2Low;
  float series = 1.0f / 5040;
  series = series * r + 1.0f / 720;
  series = series * r + 1.0f / 120;
  series = series * r + 1.0f / 24;
  series = series * r + 1.0f / 6;
  series = series * r + 1.0f / 2;
  series = series * r + 1.0f;
  series = series * r + 1.0f;
  const float power = std::bit_cast<float>((std::bit_cast<uint32_t>(shifted) + 127) << 23);  // n into the exponent
  return x < -87.0f ? 0.0f : series * power;
}

}  // namespace dl

#endif  // MODULES_PRIMITIVES_INTERNAL_EXPONENTIAL_H_
