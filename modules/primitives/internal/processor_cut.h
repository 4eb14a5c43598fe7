// How the kernels over interleaved images are cut to the processor: the width of its registers and their number.
#ifndef MODULES_PRIMITIVES_INTERNAL_PROCESSOR_CUT_H_
#define MODULES_PRIMITIVES_INTERNAL_PROCESSOR_CUT_H_

#include <cstdint>
#include <type_traits>

#include "modules/primitives/internal/interleaved.h"

// A kernel for AVX-512, and one for everything else; `flatten` compiles with a kernel all that it calls.
#if defined(__x86_64__)
#define DL_WIDE __attribute__((flatten, target("avx512f")))
#define DL_NARROW __attribute__((flatten, target_clones("fma", "default")))
#else
#define DL_WIDE
#define DL_NARROW __attribute__((flatten))
#endif

namespace dl::interleaved {

// Whether the kernels marked DL_WIDE can run here.
inline bool IsWide() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512f");
#else
  return false;
#endif
}

// The part of a vector that fills one register, and how many sums a kernel keeps in registers: outputs times columns of
// y, and outputs times columns of the window.
struct Wide {  // AVX-512: 32 registers of 16 floats
  using Part = float __attribute__((vector_size(64), may_alias));
  using PartMask = int __attribute__((vector_size(64)));
  static constexpr int kOutputs = 6, kColumns = 4, kWeightOutputs = 4, kWeightColumns = 5;
};
struct Narrow {  // AVX: 16 registers of 8 floats
  using Part = float __attribute__((vector_size(32), may_alias));
  using PartMask = int __attribute__((vector_size(32)));
  static constexpr int kOutputs = 6, kColumns = 2, kWeightOutputs = 3, kWeightColumns = 4;
};

template <typename Cut>
constexpr int64_t kParts = sizeof(Vector) / sizeof(typename Cut::Part);

template <typename Cut>
inline const typename Cut::Part* Parts(const Vector* vectors, int64_t part) {
  return reinterpret_cast<const typename Cut::Part*>(vectors) + part;
}
template <typename Cut>
inline typename Cut::Part* MutableParts(Vector* vectors, int64_t part) {
  return reinterpret_cast<typename Cut::Part*>(vectors) + part;
}

// Calls f with `n` in 1, ..., kMost as a constant.
template <int kMost, typename F>
inline void WithConstant(int64_t n, F f) {
  if constexpr (kMost > 0) {
    if (n == kMost) {
      f(std::integral_constant<int, kMost>());
    } else {
      WithConstant<kMost - 1>(n, f);
    }
  }
}

// Cuts `count` into the fewest parts of at most `most`, as equal as can be, and calls f(start, size) for each.
template <typename F>
inline void ForEachPart(int64_t count, int64_t most, F f) {
  const int64_t parts = (count + most - 1) / most;
  for (int64_t part = 0; part < parts; ++part) {
    const int64_t start = count * part / parts;
    f(start, count * (part + 1) / parts - start);
  }
}

}  // namespace dl::interleaved

#endif  // MODULES_PRIMITIVES_INTERNAL_PROCESSOR_CUT_H_
