#include "modules/primitives/internal/weight_correlation.h"

#include <algorithm>

#include "modules/primitives/internal/processor_cut.h"

namespace dl::interleaved {
namespace {

// Rows first, ..., last - 1 of y.
struct Band {
  int64_t first, last;
};

// Adds to one part of the sums of M outputs at J places of row r of the window, from column s on, the products of one
// band. sums: those of the first output and place; dy: of the first output.
template <typename Cut, int M, int J>
inline void AddProducts(const Correlation& c, const Tile& x, const Vector* dy, Band band, int64_t part, int64_t input,
                        int64_t r, int64_t s, Vector* sums) {
  constexpr int64_t kStep = kParts<Cut>;
  const int64_t map = c.inputs * c.window_height * c.window_width;
  auto* total = MutableParts<Cut>(sums, part);
  typename Cut::Part sum[M][J];
#pragma GCC unroll 8
  for (int k = 0; k < M; ++k) {
#pragma GCC unroll 8
    for (int q = 0; q < J; ++q) sum[k][q] = total[(k * map + q) * kStep];
  }
  for (int64_t i = band.first; i < band.last; ++i) {
    const int64_t row = i * c.stride + r * c.dilation;
    if (!x.UsedRow(row)) continue;
    const auto* from = Parts<Cut>(x.at(input, row, s * c.dilation), part);
    const auto* d = Parts<Cut>(dy + i * c.out_width, part);
    for (int64_t j = 0; j < c.out_width; ++j, d += kStep, from += c.stride * kStep) {
      typename Cut::Part slopes[M];
#pragma GCC unroll 8
      for (int k = 0; k < M; ++k) slopes[k] = d[k * c.places() * kStep];
#pragma GCC unroll 8
      for (int q = 0; q < J; ++q) {
        const typename Cut::Part element = from[q * c.dilation * kStep];
#pragma GCC unroll 8
        for (int k = 0; k < M; ++k) sum[k][q] += slopes[k] * element;
      }
    }
  }
#pragma GCC unroll 8
  for (int k = 0; k < M; ++k) {
#pragma GCC unroll 8
    for (int q = 0; q < J; ++q) total[(k * map + q) * kStep] = sum[k][q];
  }
}

// The sum over all lanes: halves each part again and again, until the sum stands in every lane.
template <typename Cut>
inline float SumLanes(const Vector& vector) {
  constexpr int kWidth = kLanes / kParts<Cut>;
  float total = 0;
#pragma GCC unroll 2
  for (int64_t part = 0; part < kParts<Cut>; ++part) {
    typename Cut::Part sum = *Parts<Cut>(&vector, part);
    typename Cut::PartMask other;
#pragma GCC unroll 4
    for (int half = kWidth / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < kWidth; ++lane) other[lane] = lane ^ half;
      sum += __builtin_shuffle(sum, other);
    }
    total += sum[0];
  }
  return total;
}

constexpr int64_t kBandPlaces = 112;  // few enough that a band of dy and x stays in a near cache

template <typename Cut>
inline void CorrelateWeightsParts(const Correlation& c, const Tile& x, const Vector* dy, Vector* scratch, float* dw) {
  const int64_t rows = std::max<int64_t>(1, kBandPlaces / c.out_width);
  std::fill_n(scratch, c.weights(), Vector{});
  for (int64_t i = 0; i < c.out_height; i += rows) {
    const Band band = {i, std::min(i + rows, c.out_height)};
    ForEachPart(c.outputs, Cut::kWeightOutputs, [&](int64_t k, int64_t outputs) {
      WithConstant<Cut::kWeightOutputs>(outputs, [&](auto m) {
        ForEachPart(c.window_width, Cut::kWeightColumns, [&](int64_t s, int64_t columns) {
          WithConstant<Cut::kWeightColumns>(columns, [&](auto n) {
            for (int64_t row = 0; row < c.inputs * c.window_height * kParts<Cut>; ++row) {
              const int64_t part = row % kParts<Cut>, window_row = row / kParts<Cut>;
              AddProducts<Cut, m(), n()>(c, x, dy + k * c.places(), band, part, window_row / c.window_height,
                                         window_row % c.window_height, s,
                                         scratch + (k * c.inputs * c.window_height + window_row) * c.window_width + s);
            }
          });
        });
      });
    });
  }
  for (int64_t i = 0; i < c.weights(); ++i) dw[i] = SumLanes<Cut>(scratch[i]);
}

template <typename Cut>
inline void SumMapsParts(const Correlation& c, const Vector* dy, float* db) {
  for (int64_t k = 0; k < c.outputs; ++k) {
    Vector sum = {};
    for (int64_t part = 0; part < kParts<Cut>; ++part) {
      typename Cut::Part of_part = {};
      const auto* from = Parts<Cut>(dy + k * c.places(), part);
      for (int64_t i = 0; i < c.places(); ++i) of_part += from[i * kParts<Cut>];
      *MutableParts<Cut>(&sum, part) = of_part;
    }
    db[k] = SumLanes<Cut>(sum);
  }
}

DL_WIDE void CorrelateWeightsWide(const Correlation& c, const Tile& x, const Vector* dy, Vector* scratch, float* dw) {
  CorrelateWeightsParts<Wide>(c, x, dy, scratch, dw);
}
DL_NARROW void CorrelateWeightsNarrow(const Correlation& c, const Tile& x, const Vector* dy, Vector* scratch,
                                      float* dw) {
  CorrelateWeightsParts<Narrow>(c, x, dy, scratch, dw);
}
DL_WIDE void SumMapsWide(const Correlation& c, const Vector* dy, float* db) { SumMapsParts<Wide>(c, dy, db); }
DL_NARROW void SumMapsNarrow(const Correlation& c, const Vector* dy, float* db) { SumMapsParts<Narrow>(c, dy, db); }

}  // namespace

void CorrelateWeights(const Correlation& c, const Tile& x, const Vector* dy, Vector* scratch, float* dw) {
  (IsWide() ? CorrelateWeightsWide : CorrelateWeightsNarrow)(c, x, dy, scratch, dw);
}

void SumMaps(const Correlation& c, const Vector* dy, float* db) { (IsWide() ? SumMapsWide : SumMapsNarrow)(c, dy, db); }

}  // namespace dl::interleaved
