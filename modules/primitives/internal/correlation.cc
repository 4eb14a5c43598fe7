#include "modules/primitives/internal/correlation.h"

#include <algorithm>
#include "modules/primitives/internal/multiversion.h"

namespace dl::interleaved {
namespace {

// How many sums a kernel keeps in registers: outputs times columns of y, and outputs times columns of the window.
struct Blocking {
  int64_t columns, weight_outputs, weight_columns;
};
constexpr int kOutputs = 6, kColumns = 4, kWeightOutputs = 4, kWeightColumns = 5;

// AVX-512 has 32 registers of 16 floats; elsewhere a vector takes two registers or more.
Blocking BlockingOfThisProcessor() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return {kColumns, kWeightOutputs, kWeightColumns};
#endif
  return {1, 2, 2};
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

// The part of the window that meets elements of x which are not zero: some of its rows, and a range of its columns.
struct WindowPart {
  std::vector<int64_t> rows;
  int64_t first_column, last_column;  // the second is not part of it
};

void FindRows(const Correlation& c, const Tile& x, int64_t i, WindowPart& part) {
  part.rows.clear();
  for (int64_t r = 0; r < c.window_height; ++r) {
    if (x.UsedRow(i * c.stride + r * c.dilation)) part.rows.push_back(r);
  }
}

// For columns j, ..., j + columns - 1 of y.
void FindColumns(const Correlation& c, const Tile& x, int64_t j, int64_t columns, WindowPart& part) {
  const int64_t end = x.first_column + x.used_width * x.step;
  part.first_column = 0;
  part.last_column = c.window_width;
  while (part.first_column < part.last_column &&
         (j + columns - 1) * c.stride + part.first_column * c.dilation < x.first_column) {
    ++part.first_column;
  }
  while (part.first_column < part.last_column && j * c.stride + (part.last_column - 1) * c.dilation >= end) {
    --part.last_column;
  }
}

// y of M outputs at J places of row i from column j on, all in registers. w: [inputs, window_height, window_width, M].
template <int M, int J>
inline void CorrelateBlock(const Correlation& c, const Tile& x, const WindowPart& part, const float* w, const float* b,
                           int64_t i, int64_t j, Vector* y) {
  Vector sum[M][J];
#pragma GCC unroll 8
  for (int k = 0; k < M; ++k) {
#pragma GCC unroll 8
    for (int q = 0; q < J; ++q) sum[k][q] = Vector{} + b[k];
  }
  for (int64_t input = 0; input < c.inputs; ++input) {
    for (const int64_t r : part.rows) {
      const Vector* from = x.at(input, i * c.stride + r * c.dilation, j * c.stride + part.first_column * c.dilation);
      const float* weight = w + ((input * c.window_height + r) * c.window_width + part.first_column) * M;
      for (int64_t s = part.first_column; s < part.last_column; ++s, from += c.dilation, weight += M) {
#pragma GCC unroll 8
        for (int k = 0; k < M; ++k) {
#pragma GCC unroll 8
          for (int q = 0; q < J; ++q) sum[k][q] += weight[k] * from[q * c.stride];
        }
      }
    }
  }
#pragma GCC unroll 8
  for (int k = 0; k < M; ++k) {
#pragma GCC unroll 8
    for (int q = 0; q < J; ++q) y[k * c.places() + i * c.out_width + j + q] = sum[k][q];
  }
}

// Rows first, ..., last - 1 of y.
struct Band {
  int64_t first, last;
};

// Adds to the sums of M outputs at J places of row r of the window, from column s on, the products of one band. sums:
// those of the first output and place; dy: of the first output.
template <int M, int J>
inline void AddProducts(const Correlation& c, const Tile& x, const Vector* dy, Band band, int64_t input, int64_t r,
                        int64_t s, Vector* sums) {
  const int64_t map = c.inputs * c.window_height * c.window_width;
  Vector sum[M][J];
#pragma GCC unroll 8
  for (int k = 0; k < M; ++k) {
#pragma GCC unroll 8
    for (int q = 0; q < J; ++q) sum[k][q] = sums[k * map + q];
  }
  for (int64_t i = band.first; i < band.last; ++i) {
    const int64_t row = i * c.stride + r * c.dilation;
    if (!x.UsedRow(row)) continue;
    const Vector* from = x.at(input, row, s * c.dilation);
    const Vector* d = dy + i * c.out_width;
    for (int64_t j = 0; j < c.out_width; ++j, ++d, from += c.stride) {
      Vector slopes[M];
#pragma GCC unroll 8
      for (int k = 0; k < M; ++k) slopes[k] = d[k * c.places()];
#pragma GCC unroll 8
      for (int q = 0; q < J; ++q) {
        const Vector element = from[q * c.dilation];
#pragma GCC unroll 8
        for (int k = 0; k < M; ++k) sum[k][q] += slopes[k] * element;
      }
    }
  }
#pragma GCC unroll 8
  for (int k = 0; k < M; ++k) {
#pragma GCC unroll 8
    for (int q = 0; q < J; ++q) sums[k * map + q] = sum[k][q];
  }
}

// Halves the vector four times; the sum then stands in every lane.
inline float SumLanes(const Vector& vector) {
  Vector v = vector;
  LaneMask other;
#pragma GCC unroll 4
  for (int half = kLanes / 2; half > 0; half /= 2) {
    for (int lane = 0; lane < kLanes; ++lane) other[lane] = lane ^ half;
    v += __builtin_shuffle(v, other);
  }
  return v[0];
}

constexpr int64_t kBandPlaces = 112;  // few enough that a band of dy and x stays in a near cache

}  // namespace

std::vector<float> PackWeights(const Correlation& c, const Weights& w) {
  std::vector<float> packed;
  packed.reserve(c.weights());
  ForEachPart(c.outputs, kOutputs, [&](int64_t start, int64_t size) {
    for (int64_t input = 0; input < c.inputs; ++input) {
      for (int64_t r = 0; r < c.window_height; ++r) {
        for (int64_t s = 0; s < c.window_width; ++s) {
          const float* at = w.first + input * w.input + r * w.row + s * w.column;
          for (int64_t k = start; k < start + size; ++k) packed.push_back(at[k * w.output]);
        }
      }
    }
  });
  return packed;
}

DL_MULTIVERSION DL_FLATTEN
void Correlate(const Correlation& c, const Tile& x, const float* packed_weights, const float* b, Vector* y) {
  const Blocking blocking = BlockingOfThisProcessor();
  WindowPart part;
  ForEachPart(c.outputs, kOutputs, [&](int64_t k, int64_t outputs) {
    WithConstant<kOutputs>(outputs, [&](auto m) {
      const float* w = packed_weights + k * c.inputs * c.window_height * c.window_width;
      for (int64_t i = 0; i < c.out_height; ++i) {
        FindRows(c, x, i, part);
        for (int64_t j = 0; j < c.out_width; j += blocking.columns) {
          const int64_t columns = std::min(blocking.columns, c.out_width - j);
          FindColumns(c, x, j, columns, part);
          WithConstant<kColumns>(
              columns, [&](auto n) { CorrelateBlock<m(), n()>(c, x, part, w, b + k, i, j, y + k * c.places()); });
        }
      }
    });
  });
}

DL_MULTIVERSION DL_FLATTEN
void CorrelateWeights(const Correlation& c, const Tile& x, const Vector* dy, Vector* scratch, float* dw) {
  const Blocking blocking = BlockingOfThisProcessor();
  const int64_t rows = std::max<int64_t>(1, kBandPlaces / c.out_width);
  std::fill_n(scratch, c.weights(), Vector{});
  for (int64_t i = 0; i < c.out_height; i += rows) {
    const Band band = {i, std::min(i + rows, c.out_height)};
    ForEachPart(c.outputs, blocking.weight_outputs, [&](int64_t k, int64_t outputs) {
      WithConstant<kWeightOutputs>(outputs, [&](auto m) {
        ForEachPart(c.window_width, blocking.weight_columns, [&](int64_t s, int64_t columns) {
          WithConstant<kWeightColumns>(columns, [&](auto n) {
            for (int64_t row = 0; row < c.inputs * c.window_height; ++row) {
              Vector* sums = scratch + (k * c.inputs * c.window_height + row) * c.window_width + s;
              AddProducts<m(), n()>(c, x, dy + k * c.places(), band, row / c.window_height, row % c.window_height, s,
                                    sums);
            }
          });
        });
      });
    });
  }
  for (int64_t i = 0; i < c.weights(); ++i) dw[i] = SumLanes(scratch[i]);
}

DL_MULTIVERSION DL_FLATTEN
void SumMaps(const Correlation& c, const Vector* dy, float* db) {
  for (int64_t k = 0; k < c.outputs; ++k) {
    Vector sum = {};
    for (int64_t i = 0; i < c.places(); ++i) sum += dy[k * c.places() + i];
    db[k] = SumLanes(sum);
  }
}

}  // namespace dl::interleaved
