// The twin of dropout.h.
#ifndef MODULES_PRIMITIVES_REFERENCE_DROPOUT_H_
#define MODULES_PRIMITIVES_REFERENCE_DROPOUT_H_

#include <cstdint>

#include "modules/base/random.h"
#include "modules/primitives/reference/array.h"

namespace dl::reference {

// The 32 random bits of element i. Philox gives four words a counter: of 64 elements in a row, the first sixteen take
// the first words of sixteen counters, the next sixteen their second words, and so on, as vectors of sixteen want it.
inline uint32_t DropoutBits(uint64_t key, int64_t i) {
  const uint64_t counter = static_cast<uint64_t>(i) / 64 * 16 + static_cast<uint64_t>(i) % 16;
  return Philox({static_cast<uint32_t>(counter), static_cast<uint32_t>(counter >> 32), 0, 0},
                {static_cast<uint32_t>(key), static_cast<uint32_t>(key >> 32)})[i % 64 / 16];
}

// Element i is dropped where its bits, as a fraction of 2^32, are less than the rate.
template <typename T>
Array<T> DropElements(const Array<T>& x, float rate, uint64_t key) {
  Array<T> y(x.shape);
  for (size_t i = 0; i < y.values.size(); ++i) {
    const bool dropped = DropoutBits(key, static_cast<int64_t>(i)) < rate * 0x1p32;
    y.values[i] = dropped ? T(0) : x.values[i] / (T(1) - T(rate));
  }
  return y;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_DROPOUT_H_
