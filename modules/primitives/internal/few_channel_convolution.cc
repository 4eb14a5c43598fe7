#include "modules/primitives/internal/few_channel_convolution.h"

#include <omp.h>

#include <algorithm>
#include <vector>

#include "modules/primitives/allocator.h"
#include "modules/primitives/internal/correlation.h"
#include "modules/primitives/internal/weight_correlation.h"

namespace dl::few_channels {
namespace {

using interleaved::Correlation;
using interleaved::Tile;

// x with its padding.
Tile PaddedInput(const Problem& p) {
  return {.maps = p.x[1],
          .height = p.x[2] + 2 * p.padding,
          .width = p.x[3] + 2 * p.padding,
          .first_row = p.padding,
          .first_column = p.padding,
          .used_height = p.x[2],
          .used_width = p.x[3]};
}

// dy spread out so that its correlation with the reversed window, at stride 1, is dx.
Tile SpreadGradient(const Problem& p) {
  const int64_t rows = p.dilation * (p.w[2] - 1), columns = p.dilation * (p.w[3] - 1);
  return {.maps = p.y[1],
          .height = p.x[2] + rows,
          .width = p.x[3] + columns,
          .first_row = rows - p.padding,
          .first_column = columns - p.padding,
          .step = p.stride,
          .used_height = p.y[2],
          .used_width = p.y[3]};
}

// dy as it is.
Tile DenseGradient(const Problem& p) {
  return {.maps = p.y[1], .height = p.y[2], .width = p.y[3], .used_height = p.y[2], .used_width = p.y[3]};
}

Correlation ForwardCorrelation(const Problem& p) {
  return {p.x[1], p.y[1], p.w[2], p.w[3], p.y[2], p.y[3], p.stride, p.dilation};
}

Correlation BackwardCorrelation(const Problem& p) {
  return {p.y[1], p.x[1], p.w[2], p.w[3], p.x[2], p.x[3], 1, p.dilation};
}

enum class Pass { kForward, kBackwardData, kBackwardWeights };

// Scratch memory of this thread for one pass of one problem: at first `vectors` zeros, then what the last group left.
Vector* Scratch(Pass pass, const Problem& p, int64_t vectors) {
  onednn::Signature signature;
  signature.Add(static_cast<int64_t>(pass)).Add(vectors).Add(p.x).Add(p.w);
  signature.Add(p.stride).Add(p.padding).Add(p.dilation);
  const auto& block = onednn::Cached(signature, [&] {
    auto zeros = AllocateBytes(vectors * sizeof(Vector));
    std::fill_n(reinterpret_cast<Vector*>(zeros.get()), vectors, Vector{});
    return zeros;
  });
  return reinterpret_cast<Vector*>(block.get());
}

// Calls f(g, scratch) for each group of images, on all threads.
template <typename F>
void ForEachGroup(Pass pass, const Problem& p, int64_t vectors, F f) {
#pragma omp parallel
  {
    Vector* own = Scratch(pass, p, vectors);
#pragma omp for schedule(static)
    for (int64_t g = 0; g < interleaved::Groups(p.x[0]); ++g) f(g, own);
  }
}

// The correlation of all images, each group in a tile of `shape`: [N, outputs, out_height, out_width].
Tensor CorrelateImages(Pass pass, const Problem& p, const Correlation& c, const Tile& shape, const Tensor& from,
                       const std::vector<float>& weights, const float* b) {
  Tensor to = interleaved::Make({p.x[0], c.outputs, c.out_height, c.out_width});
  Vector* vectors = interleaved::MutableVectors(to);
  ForEachGroup(pass, p, interleaved::ScratchVectors(shape, from), [&](int64_t g, Vector* scratch) {
    const Tile tile = interleaved::Fill(shape, from, g, scratch);
    interleaved::Correlate(c, tile, weights.data(), b, vectors + g * c.outputs * c.places());
  });
  interleaved::ClearLacking(to);
  return to;
}

}  // namespace

Tensor Forward(const Problem& p, const Tensor& x, const Tensor& w, const Tensor& b) {
  const Correlation c = ForwardCorrelation(p);
  const int64_t window = p.w[2] * p.w[3];
  const auto packed = interleaved::PackWeights(c, {w.data(), p.w[1] * window, window, p.w[3], 1});
  const std::vector<float> zeros(c.outputs);
  return CorrelateImages(Pass::kForward, p, c, PaddedInput(p), x, packed, b.size() > 0 ? b.data() : zeros.data());
}

Tensor BackwardData(const Problem& p, const Tensor& dy, const Tensor& w) {
  const Correlation c = BackwardCorrelation(p);
  const int64_t window = p.w[2] * p.w[3];
  // Inputs and outputs change places, and the window is read from its end.
  const auto packed = interleaved::PackWeights(c, {w.data() + window - 1, window, p.w[1] * window, -p.w[3], -1});
  const std::vector<float> zeros(c.outputs);
  return CorrelateImages(Pass::kBackwardData, p, c, SpreadGradient(p), dy, packed, zeros.data());
}

void BackwardWeights(const Problem& p, const Tensor& x, const Tensor& dy, Tensor& dw, Tensor& db) {
  const Correlation c = ForwardCorrelation(p);
  const Tile x_shape = PaddedInput(p), dy_shape = DenseGradient(p);
  const int64_t x_vectors = interleaved::ScratchVectors(x_shape, x);
  const int64_t dy_vectors = interleaved::ScratchVectors(dy_shape, dy);
  const int64_t groups = interleaved::Groups(p.x[0]), sums = c.weights() + c.outputs;
  std::vector<float> of_group(groups * sums);  // of each group: dw, then db
  ForEachGroup(Pass::kBackwardWeights, p, x_vectors + dy_vectors + c.weights(), [&](int64_t g, Vector* scratch) {
    const Tile x_tile = interleaved::Fill(x_shape, x, g, scratch);
    const Tile dy_tile = interleaved::Fill(dy_shape, dy, g, scratch + x_vectors);
    float* own = &of_group[g * sums];
    interleaved::CorrelateWeights(c, x_tile, dy_tile.data, scratch + x_vectors + dy_vectors, own);
    interleaved::SumMaps(c, dy_tile.data, own + c.weights());
  });
  const auto total = [&](int64_t first, Tensor& to) {
    float* values = to.mutable_data();
    std::fill_n(values, to.size(), 0.0f);
    for (int64_t g = 0; g < groups; ++g) {
      for (int64_t i = 0; i < to.size(); ++i) values[i] += of_group[g * sums + first + i];
    }
  };
  total(0, dw);
  if (db.size() > 0) total(c.weights(), db);
}

}  // namespace dl::few_channels
