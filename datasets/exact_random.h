// Chance for drawings: random numbers that cost IEEE arithmetic only, so that they are the same bits on every machine.
#ifndef DATASETS_EXACT_RANDOM_H_
#define DATASETS_EXACT_RANDOM_H_

#include <cstdint>

#include "modules/base/random.h"

namespace dl {

// About normal, with mean 0 and standard deviation 1: the sum of four uniform numbers, without the logarithm and the
// cosine whose last bits differ between machines.
inline float Bell(Random* random) {
  float sum = -2.0f;
  for (int i = 0; i < 4; ++i) sum += random->Uniform();
  return sum * 1.7320508f;
}

// In [-1, 1).
inline float Even(Random* random) { return 2.0f * random->Uniform() - 1.0f; }

// The noise of a pixel, cheap: about normal, with mean 0 and standard deviation kGrainDeviation = sqrt((256² - 1) / 3),
// the sum of a word's four bytes.
inline constexpr float kGrainDeviation = 147.8f;
inline float Grain(Random* random) {
  const uint32_t bits = random->Bits();
  const uint32_t sum = (bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + (bits >> 24);
  return static_cast<float>(sum) - 510.0f;
}

}  // namespace dl

#endif  // DATASETS_EXACT_RANDOM_H_
