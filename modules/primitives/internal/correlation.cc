#include "modules/primitives/internal/correlation.h"

#include <algorithm>

#include "modules/primitives/internal/processor_cut.h"

namespace dl::interleaved {
namespace {

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

// One part of y of M outputs at J places of row i from column j on, all in registers. w: [inputs, window_height,
// window_width, M].
template <typename Cut, int M, int J>
inline void CorrelateBlock(const Correlation& c, const Tile& x, const WindowPart& window, int64_t part, const float* w,
                           const float* b, int64_t i, int64_t j, Vector* y) {
  constexpr int64_t kStep = kParts<Cut>;
  typename Cut::Part sum[M][J];
#pragma GCC unroll 8
  for (int k = 0; k < M; ++k) {
#pragma GCC unroll 8
    for (int q = 0; q < J; ++q) sum[k][q] = typename Cut::Part{} + b[k];
  }
  for (int64_t input = 0; input < c.inputs; ++input) {
    for (const int64_t r : window.rows) {
      const int64_t row = i * c.stride + r * c.dilation, column = j * c.stride + window.first_column * c.dilation;
      const auto* from = Parts<Cut>(x.at(input, row, column), part);
      const float* weight = w + ((input * c.window_height + r) * c.window_width + window.first_column) * M;
      for (int64_t s = window.first_column; s < window.last_column; ++s, from += c.dilation * kStep, weight += M) {
#pragma GCC unroll 8
        for (int k = 0; k < M; ++k) {
#pragma GCC unroll 8
          for (int q = 0; q < J; ++q) sum[k][q] += weight[k] * from[q * c.stride * kStep];
        }
      }
    }
  }
  auto* to = MutableParts<Cut>(y + i * c.out_width + j, part);
#pragma GCC unroll 8
  for (int k = 0; k < M; ++k) {
#pragma GCC unroll 8
    for (int q = 0; q < J; ++q) to[(k * c.places() + q) * kStep] = sum[k][q];
  }
}

template <typename Cut>
inline void CorrelateParts(const Correlation& c, const Tile& x, const float* packed_weights, const float* b,
                           Vector* y) {
  WindowPart window;
  ForEachPart(c.outputs, Cut::kOutputs, [&](int64_t k, int64_t outputs) {
    WithConstant<Cut::kOutputs>(outputs, [&](auto m) {
      const float* w = packed_weights + k * c.inputs * c.window_height * c.window_width;
      for (int64_t i = 0; i < c.out_height; ++i) {
        FindRows(c, x, i, window);
        for (int64_t j = 0; j < c.out_width; j += Cut::kColumns) {
          const int64_t columns = std::min<int64_t>(Cut::kColumns, c.out_width - j);
          FindColumns(c, x, j, columns, window);
          WithConstant<Cut::kColumns>(columns, [&](auto n) {
            for (int64_t part = 0; part < kParts<Cut>; ++part) {
              CorrelateBlock<Cut, m(), n()>(c, x, window, part, w, b + k, i, j, y + k * c.places());
            }
          });
        }
      }
    });
  });
}

DL_WIDE void CorrelateWide(const Correlation& c, const Tile& x, const float* w, const float* b, Vector* y) {
  CorrelateParts<Wide>(c, x, w, b, y);
}
DL_NARROW void CorrelateNarrow(const Correlation& c, const Tile& x, const float* w, const float* b, Vector* y) {
  CorrelateParts<Narrow>(c, x, w, b, y);
}

}  // namespace

std::vector<float> PackWeights(const Correlation& c, const Weights& w) {
  static_assert(Wide::kOutputs == Narrow::kOutputs);
  std::vector<float> packed;
  packed.reserve(c.weights());
  ForEachPart(c.outputs, Wide::kOutputs, [&](int64_t start, int64_t size) {
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

void Correlate(const Correlation& c, const Tile& x, const float* packed_weights, const float* b, Vector* y) {
  (IsWide() ? CorrelateWide : CorrelateNarrow)(c, x, packed_weights, b, y);
}

}  // namespace dl::interleaved
