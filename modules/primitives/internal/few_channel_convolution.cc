#include "modules/primitives/internal/few_channel_convolution.h"

#include <omp.h>

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <vector>

#include "modules/primitives/allocator.h"
#include "modules/primitives/internal/image_tile.h"

// Compiled for AVX-512, whatever the rest of the program is: Available() guards its use.
#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx512f")
#endif

namespace dl::few_channels {
namespace {

using Mask = int __attribute__((vector_size(kLanes * sizeof(int))));

// y[k, i, j] = b[k] + sum of w[k, c, r, s] x[c, i·stride + r·dilation, j·stride + s·dilation], for tiles.
struct Correlation {
  int64_t inputs, outputs, window_height, window_width, out_height, out_width, stride, dilation;
};

// The rows of the window that meet rows of x which are not zero, for row i of the result.
std::vector<int64_t> UsedWindowRows(const Correlation& c, const Tile& x, int64_t i) {
  std::vector<int64_t> rows;
  for (int64_t r = 0; r < c.window_height; ++r) {
    if (x.UsedRow(i * c.stride + r * c.dilation)) rows.push_back(r);
  }
  return rows;
}

// The sums of kMaps outputs at kColumns places of row i from column j on, all in registers, over the given rows of the
// window. w: [inputs, window_height, window_width, kMaps].
template <int kMaps, int kColumns>
void CorrelateBlock(const Correlation& c, const Tile& x, const std::vector<int64_t>& window_rows, const float* w,
                    const float* b, int64_t i, int64_t j, Vector* y) {
  Vector sum[kMaps][kColumns];
#pragma GCC unroll 8
  for (int k = 0; k < kMaps; ++k) {
#pragma GCC unroll 8
    for (int q = 0; q < kColumns; ++q) sum[k][q] = Vector{} + b[k];
  }
  for (int64_t input = 0; input < c.inputs; ++input) {
    for (const int64_t r : window_rows) {
      const Vector* from = x.at(input, i * c.stride + r * c.dilation, j * c.stride);
      const float* weight = w + (input * c.window_height + r) * c.window_width * kMaps;
      for (int64_t s = 0; s < c.window_width; ++s, from += c.dilation, weight += kMaps) {
#pragma GCC unroll 8
        for (int k = 0; k < kMaps; ++k) {
#pragma GCC unroll 8
          for (int q = 0; q < kColumns; ++q) sum[k][q] += weight[k] * from[q * c.stride];
        }
      }
    }
  }
#pragma GCC unroll 8
  for (int k = 0; k < kMaps; ++k) {
#pragma GCC unroll 8
    for (int q = 0; q < kColumns; ++q) y[(k * c.out_height + i) * c.out_width + j + q] = sum[k][q];
  }
}

// Cuts `count` into the fewest parts of at most `most`, as equal as can be, and calls f(start, size) for each.
template <typename F>
void ForEachPart(int64_t count, int64_t most, F f) {
  const int64_t parts = (count + most - 1) / most;
  for (int64_t part = 0; part < parts; ++part) {
    const int64_t start = count * part / parts;
    f(start, count * (part + 1) / parts - start);
  }
}

// Calls f with `n` in 1, ..., kMost as a constant.
template <int kMost, typename F>
void WithConstant(int64_t n, F f) {
  if constexpr (kMost > 0) {
    if (n == kMost) return f(std::integral_constant<int, kMost>());
    WithConstant<kMost - 1>(n, f);
  }
}

constexpr int kMaxMaps = 6, kMaxColumns = 4;  // 24 sums, 4 elements of x and a weight: 29 of 32 registers

// w(k, c, r, s) in the order in which CorrelateBlock reads it.
template <typename W>
std::vector<float> Packed(const Correlation& c, W w) {
  std::vector<float> packed;
  packed.reserve(c.outputs * c.inputs * c.window_height * c.window_width);
  ForEachPart(c.outputs, kMaxMaps, [&](int64_t start, int64_t size) {
    for (int64_t input = 0; input < c.inputs; ++input)
      for (int64_t r = 0; r < c.window_height; ++r)
        for (int64_t s = 0; s < c.window_width; ++s)
          for (int64_t k = start; k < start + size; ++k) packed.push_back(w(k, input, r, s));
  });
  return packed;
}

// y: [outputs, out_height, out_width]; `packed` is Packed's, b: [outputs].
void Correlate(const Correlation& c, const Tile& x, const float* packed, const float* b, Vector* y) {
  ForEachPart(c.outputs, kMaxMaps, [&](int64_t k, int64_t maps) {
    const float* w = packed + k * c.inputs * c.window_height * c.window_width;
    WithConstant<kMaxMaps>(maps, [&](auto constant_maps) {
      for (int64_t i = 0; i < c.out_height; ++i) {
        const std::vector<int64_t> rows = UsedWindowRows(c, x, i);
        for (int64_t j = 0; j < c.out_width; j += kMaxColumns) {
          WithConstant<kMaxColumns>(std::min<int64_t>(kMaxColumns, c.out_width - j), [&](auto constant_columns) {
            CorrelateBlock<constant_maps(), constant_columns()>(c, x, rows, w, b + k, i, j,
                                                                y + k * c.out_height * c.out_width);
          });
        }
      }
    });
  });
}

inline float SumLanes(Vector v) {
  Mask other;
#pragma GCC unroll 4
  for (int half = kLanes / 2; half > 0; half /= 2) {
    for (int lane = 0; lane < kLanes; ++lane) other[lane] = lane ^ half;
    v += __builtin_shuffle(v, other);
  }
  return v[0];
}

// Rows first, ..., last - 1 of the result.
struct Band {
  int64_t first, last;
};

// Adds to the sums of kMaps outputs at kColumns places of row r of the window the products of one band. sums: those of
// the first output and place; dy: of the first output.
template <int kMaps, int kColumns>
void AddProducts(const Correlation& c, const Tile& x, const Vector* dy, Band band, int64_t input, int64_t r, int64_t s,
                 Vector* sums) {
  const int64_t map = c.inputs * c.window_height * c.window_width, plane = c.out_height * c.out_width;
  Vector sum[kMaps][kColumns];
#pragma GCC unroll 8
  for (int k = 0; k < kMaps; ++k) {
#pragma GCC unroll 8
    for (int q = 0; q < kColumns; ++q) sum[k][q] = sums[k * map + q];
  }
  for (int64_t i = band.first; i < band.last; ++i) {
    const int64_t row = i * c.stride + r * c.dilation;
    if (!x.UsedRow(row)) continue;
    const Vector* from = x.at(input, row, s * c.dilation);
    const Vector* d = dy + i * c.out_width;
    for (int64_t j = 0; j < c.out_width; ++j, ++d, from += c.stride) {
#pragma GCC unroll 8
      for (int k = 0; k < kMaps; ++k) {
#pragma GCC unroll 8
        for (int q = 0; q < kColumns; ++q) sum[k][q] += d[k * plane] * from[q * c.dilation];
      }
    }
  }
#pragma GCC unroll 8
  for (int k = 0; k < kMaps; ++k) {
#pragma GCC unroll 8
    for (int q = 0; q < kColumns; ++q) sums[k * map + q] = sum[k][q];
  }
}

constexpr int kMaxWeightMaps = 4, kMaxWeightColumns = 5;  // 20 sums, 5 elements of x and one of dy
constexpr int64_t kBandPlaces = 112;                      // of dy: few enough that the rows stay in a near cache

// sums: [outputs, inputs, window_height, window_width] zero vectors; dw: the same shape.
void CorrelateWeights(const Correlation& c, const Tile& x, const Vector* dy, Vector* sums, float* dw) {
  const int64_t rows = std::max<int64_t>(1, kBandPlaces / c.out_width);
  for (int64_t i = 0; i < c.out_height; i += rows) {
    const Band band = {i, std::min(i + rows, c.out_height)};
    ForEachPart(c.outputs, kMaxWeightMaps, [&](int64_t k, int64_t maps) {
      WithConstant<kMaxWeightMaps>(maps, [&](auto constant_maps) {
        ForEachPart(c.window_width, kMaxWeightColumns, [&](int64_t s, int64_t columns) {
          WithConstant<kMaxWeightColumns>(columns, [&](auto constant_columns) {
            for (int64_t row = 0; row < c.inputs * c.window_height; ++row) {
              AddProducts<constant_maps(), constant_columns()>(
                  c, x, dy + k * c.out_height * c.out_width, band, row / c.window_height, row % c.window_height, s,
                  sums + (k * c.inputs * c.window_height + row) * c.window_width + s);
            }
          });
        });
      });
    });
  }
  for (int64_t i = 0; i < c.outputs * c.inputs * c.window_height * c.window_width; ++i) dw[i] = SumLanes(sums[i]);
}

// The sum of each map: [maps].
void SumMaps(const Tile& tile, float* sums) {
  for (int64_t map = 0; map < tile.maps; ++map) {
    Vector sum = {};
    for (const Vector* v = tile.at(map, 0, 0); v != tile.at(map + 1, 0, 0); ++v) sum += *v;
    sums[map] = SumLanes(sum);
  }
}

// x with its padding.
Tile PaddedInput(const Sizes& z) {
  return {.maps = z.inputs, .height = z.height + 2 * z.padding, .width = z.width + 2 * z.padding,
          .first_row = z.padding, .first_column = z.padding, .step = 1,
          .used_height = z.height, .used_width = z.width};
}

// dy spread out so that its correlation with the reversed window, stride 1, is dx.
Tile SpreadGradient(const Sizes& z) {
  const int64_t rows = z.dilation * (z.window_height - 1), columns = z.dilation * (z.window_width - 1);
  return {.maps = z.outputs, .height = z.height + rows, .width = z.width + columns,
          .first_row = rows - z.padding, .first_column = columns - z.padding, .step = z.stride,
          .used_height = z.out_height, .used_width = z.out_width};
}

// dy as it is.
Tile DenseGradient(const Sizes& z) {
  return {.maps = z.outputs, .height = z.out_height, .width = z.out_width,
          .first_row = 0, .first_column = 0, .step = 1,
          .used_height = z.out_height, .used_width = z.out_width};
}

Correlation ForwardCorrelation(const Sizes& z) {
  return {z.inputs, z.outputs, z.window_height, z.window_width, z.out_height, z.out_width, z.stride, z.dilation};
}

Correlation BackwardCorrelation(const Sizes& z) {
  return {z.outputs, z.inputs, z.window_height, z.window_width, z.height, z.width, 1, z.dilation};
}

int64_t Groups(const Sizes& z) { return (z.images + kLanes - 1) / kLanes; }

// Calls f(index of the group, group, scratch of `vectors` zero vectors that the thread keeps) for each group of images.
template <typename F>
void ForEachGroup(const Sizes& z, int64_t vectors, F f) {
  const auto scratch = AllocateBytes(omp_get_max_threads() * vectors * sizeof(Vector));
#pragma omp parallel
  {
    Vector* own = reinterpret_cast<Vector*>(scratch.get()) + omp_get_thread_num() * vectors;
    std::memset(own, 0, vectors * sizeof(Vector));
#pragma omp for schedule(static)
    for (int64_t g = 0; g < Groups(z); ++g) {
      f(g, Group{g * kLanes, std::min(kLanes, z.images - g * kLanes)}, own);
    }
  }
}

// y = the correlation of the images in `tile` with `packed`, for all images.
void CorrelateImages(const Sizes& z, const Correlation& c, const Tile& tile, const float* from,
                     const std::vector<float>& packed, const float* b, float* to) {
  const int64_t places = c.out_height * c.out_width;
  ForEachGroup(z, tile.vectors() + c.outputs * places, [&](int64_t, Group group, Vector* scratch) {
    Tile x = tile;
    x.data = scratch;
    Vector* y = scratch + tile.vectors();
    Read(from, group, x);
    Correlate(c, x, packed.data(), b, y);
    Write(y, c.outputs, places, group, to);
  });
}

}  // namespace

void Forward(const Sizes& z, const float* x, const float* w, const float* b, float* y) {
  const Correlation c = ForwardCorrelation(z);
  const std::vector<float> none(b == nullptr ? z.outputs : 0);
  const auto packed = Packed(c, [&](int64_t k, int64_t input, int64_t r, int64_t s) {
    return w[((k * z.inputs + input) * z.window_height + r) * z.window_width + s];
  });
  CorrelateImages(z, c, PaddedInput(z), x, packed, b == nullptr ? none.data() : b, y);
}

void BackwardData(const Sizes& z, const float* dy, const float* w, float* dx) {
  const Correlation c = BackwardCorrelation(z);
  const std::vector<float> none(z.inputs);
  const auto packed = Packed(c, [&](int64_t input, int64_t k, int64_t r, int64_t s) {
    return w[((k * z.inputs + input) * z.window_height + z.window_height - 1 - r) * z.window_width +
             z.window_width - 1 - s];
  });
  CorrelateImages(z, c, SpreadGradient(z), dy, packed, none.data(), dx);
}

void BackwardWeights(const Sizes& z, const float* x, const float* dy, float* dw, float* db) {
  const Correlation c = ForwardCorrelation(z);
  const Tile x_tile = PaddedInput(z), dy_tile = DenseGradient(z);
  const int64_t weights = z.outputs * z.inputs * z.window_height * z.window_width, sums = weights + z.outputs;
  std::vector<float> of_group(Groups(z) * sums);
  ForEachGroup(z, x_tile.vectors() + dy_tile.vectors() + weights, [&](int64_t g, Group group, Vector* scratch) {
    Tile x_group = x_tile, dy_group = dy_tile;
    x_group.data = scratch;
    dy_group.data = scratch + x_tile.vectors();
    Read(x, group, x_group);
    Read(dy, group, dy_group);
    Vector* products = dy_group.data + dy_tile.vectors();
    std::fill_n(products, weights, Vector{});
    CorrelateWeights(c, x_group, dy_group.data, products, &of_group[g * sums]);
    if (db != nullptr) SumMaps(dy_group, &of_group[g * sums + weights]);
  });
  const auto total = [&](int64_t at) {
    float sum = 0;
    for (int64_t g = 0; g < Groups(z); ++g) sum += of_group[g * sums + at];
    return sum;
  };
  for (int64_t i = 0; i < weights; ++i) dw[i] = total(i);
  for (int64_t k = 0; k < z.outputs && db != nullptr; ++k) db[k] = total(weights + k);
}

}  // namespace dl::few_channels

#if defined(__x86_64__)
#pragma GCC pop_options
#endif

bool dl::few_channels::Available() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512f");
#else
  return false;
#endif
}
