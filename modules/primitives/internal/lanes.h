// Vectors of sixteen floats: one register of AVX-512, several of what came before.
#ifndef MODULES_PRIMITIVES_INTERNAL_LANES_H_
#define MODULES_PRIMITIVES_INTERNAL_LANES_H_

#include <cstdint>

namespace dl {

inline constexpr int64_t kLanes = 16;
using Vector = float __attribute__((vector_size(kLanes * sizeof(float))));
using LaneMask = int __attribute__((vector_size(kLanes * sizeof(int))));  // lane numbers, or what a comparison gives

// One step of a transposition: swaps the squares beside the diagonal in each block of twice their size.
template <int kSquare>
inline void SwapSquares(Vector (&rows)[kLanes]) {
  LaneMask low, high;
  for (int lane = 0; lane < kLanes; ++lane) {
    low[lane] = lane & kSquare ? lane + kLanes - kSquare : lane;
    high[lane] = lane & kSquare ? lane + kLanes : lane + kSquare;
  }
#pragma GCC unroll 16
  for (int row = 0; row < kLanes; ++row) {
    if (row & kSquare) continue;
    const Vector a = rows[row], b = rows[row + kSquare];
    rows[row] = __builtin_shuffle(a, b, low);
    rows[row + kSquare] = __builtin_shuffle(a, b, high);
  }
}

// Sixteen vectors as the rows of a matrix, transposed.
inline void Transpose(Vector (&rows)[kLanes]) {
  SwapSquares<8>(rows);
  SwapSquares<4>(rows);
  SwapSquares<2>(rows);
  SwapSquares<1>(rows);
}

}  // namespace dl

#endif  // MODULES_PRIMITIVES_INTERNAL_LANES_H_
