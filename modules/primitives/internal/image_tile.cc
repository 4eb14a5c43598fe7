#include "modules/primitives/internal/image_tile.h"

#include <algorithm>
#include <cstring>

// Compiled for AVX-512, whatever the rest of the program is: few_channels::Available() guards its use.
#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx512f")
#endif

namespace dl::few_channels {
namespace {

using Mask = int __attribute__((vector_size(kLanes * sizeof(int))));

// Sixteen vectors as the rows of a matrix, transposed: swaps ever smaller off-diagonal squares.
template <int kSquare>
__attribute__((always_inline)) inline void SwapSquares(Vector (&rows)[kLanes]) {
  Mask low, high;
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

__attribute__((always_inline)) inline void Transpose(Vector (&rows)[kLanes]) {
  SwapSquares<8>(rows);
  SwapSquares<4>(rows);
  SwapSquares<2>(rows);
  SwapSquares<1>(rows);
}

// Calls f(first place, number of places) so that all of `places` are covered in runs of at most 16. The last run may
// overlap the one before.
template <typename F>
inline void ForEachRun(int64_t places, F f) {
  for (int64_t place = 0; place < places; place += kLanes) {
    if (places >= kLanes) {
      f(std::min(place, places - kLanes), kLanes);
    } else {
      f(place, places);
    }
  }
}

}  // namespace

void Read(const float* images, Group group, const Tile& tile) {
  const int64_t places = tile.used_height * tile.used_width, image = tile.maps * places;
  for (int64_t map = 0; map < tile.maps; ++map) {
    const float* first = images + group.first * image + map * places;
    ForEachRun(places, [&](int64_t place, int64_t run) {
      Vector rows[kLanes] = {};
      if (run == kLanes && group.count == kLanes) {
#pragma GCC unroll 16
        for (int lane = 0; lane < kLanes; ++lane) std::memcpy(&rows[lane], first + lane * image + place, sizeof(Vector));
      } else {
        for (int64_t lane = 0; lane < group.count; ++lane) {
          std::memcpy(&rows[lane], first + lane * image + place, run * sizeof(float));
        }
      }
      Transpose(rows);
      Vector* row = tile.at(map, tile.first_row + place / tile.used_width * tile.step, tile.first_column);
      int64_t w = place % tile.used_width;
#pragma GCC unroll 16
      for (int i = 0; i < kLanes; ++i) {
        if (i < run) row[w * tile.step] = rows[i];
        if (++w == tile.used_width) w = 0, row += tile.step * tile.width;
      }
    });
  }
}

void Write(const Vector* planes, int64_t maps, int64_t places, Group group, float* images) {
  for (int64_t map = 0; map < maps; ++map) {
    float* first = images + (group.first * maps + map) * places;
    ForEachRun(places, [&](int64_t place, int64_t run) {
      const Vector* from = planes + map * places + place;
      Vector rows[kLanes] = {};
#pragma GCC unroll 16
      for (int i = 0; i < kLanes; ++i) {
        if (i < run) rows[i] = from[i];
      }
      Transpose(rows);
      if (run == kLanes && group.count == kLanes) {
#pragma GCC unroll 16
        for (int lane = 0; lane < kLanes; ++lane) {
          std::memcpy(first + lane * maps * places + place, &rows[lane], sizeof(Vector));
        }
      } else {
        for (int64_t lane = 0; lane < group.count; ++lane) {
          std::memcpy(first + lane * maps * places + place, &rows[lane], run * sizeof(float));
        }
      }
    });
  }
}

}  // namespace dl::few_channels

#if defined(__x86_64__)
#pragma GCC pop_options
#endif
