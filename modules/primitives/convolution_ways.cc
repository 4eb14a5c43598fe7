#include "modules/primitives/convolution_ways.h"

#include <algorithm>

#include "modules/base/check.h"
#include "modules/primitives/convolution.h"
#include "modules/primitives/im2col.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/reference/convolution.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

constexpr double kF32Bytes = 4, kBF16Bytes = 2;
constexpr int64_t kTile = 4;         // outputs along a side of Winograd's tile
constexpr int64_t kTransformed = 6;  // elements along a side of the same tile when it is transformed

// y += w x for n places of a row: the innermost loop, which runs along memory.
DL_MULTIVERSION void AddScaledRow(int64_t n, float w, const float* __restrict x, int64_t stride, float* __restrict y) {
  if (stride == 1) {
    for (int64_t j = 0; j < n; ++j) y[j] += w * x[j];
  } else {
    for (int64_t j = 0; j < n; ++j) y[j] += w * x[j * stride];
  }
}

// y[n, k] += w[k, c, r, s] times the image x[n, c] moved by (r, s).
void AddShifted(const ConvolutionOptions& o, int64_t r, int64_t s, float w, const Shape& x_shape, const float* x,
                const Shape& y_shape, float* y) {
  const int64_t top = r * o.dilation - o.padding, left = s * o.dilation - o.padding;
  const int64_t first = left >= 0 ? 0 : (-left + o.stride - 1) / o.stride;
  const int64_t last = left >= x_shape[3] ? 0 : std::min(y_shape[3], (x_shape[3] - 1 - left) / o.stride + 1);
  for (int64_t i = 0; i < y_shape[2]; ++i) {
    const int64_t h = i * o.stride + top;
    if (h < 0 || h >= x_shape[2] || last <= first) continue;
    AddScaledRow(last - first, w, x + h * x_shape[3] + first * o.stride + left, o.stride, y + i * y_shape[3] + first);
  }
}

Tensor Reordered(const ConvolutionOptions& o, const Tensor& x, const Tensor& w) {
  Tensor y = Tensor::Zeros(ConvolutionShape(x.shape(), w.shape(), o));
  const float *x_data = x.data(), *w_data = w.data();
  float* image = y.mutable_data();
  const int64_t x_area = x.dim(2) * x.dim(3), y_area = y.dim(2) * y.dim(3);
  for (int64_t n = 0; n < y.dim(0); ++n)
    for (int64_t k = 0; k < y.dim(1); ++k, image += y_area)
      for (int64_t c = 0; c < w.dim(1); ++c)
        for (int64_t r = 0; r < w.dim(2); ++r)
          for (int64_t s = 0; s < w.dim(3); ++s) {
            const float weight = w_data[((k * w.dim(1) + c) * w.dim(2) + r) * w.dim(3) + s];
            AddShifted(o, r, s, weight, x.shape(), x_data + (n * x.dim(1) + c) * x_area, y.shape(), image);
          }
  return y;
}

// The step of a network that has just begun to train: operands in the order that their neighbours' kernels and their
// gradients give them.
std::function<Tensor()> ByOneDnn(ConvolutionOptions o, ConvolutionAlgorithm algorithm, const Tensor& x,
                                 const Tensor& w) {
  o.algorithm = algorithm;
  const Tensor dy = Convolution(x, w, Tensor(), o);
  const Tensor x_in_order = InLayoutOf(x, ConvolutionBackwardData(dy, w, x.shape(), o));
  const Tensor w_in_order = InLayoutOf(w, ConvolutionBackwardWeights(x, dy, w.shape(), false, o).dw);
  return [=] { return Convolution(x_in_order, w_in_order, Tensor(), o); };
}

double Count(const Shape& shape) { return static_cast<double>(NumElements(shape)); }

Shape ResultOf(const ConvolutionTask& t) { return ConvolutionShape(t.x, t.w, t.options); }

// Places of the result times terms of each sum.
double Products(const ConvolutionTask& t) { return Count(ResultOf(t)) * Count(t.w) / static_cast<double>(t.w[0]); }

double OperandBytes(const ConvolutionTask& t, double size) {
  return size * (Count(t.x) + Count(ResultOf(t))) + kF32Bytes * Count(t.w);
}

ConvolutionCost DirectCost(const ConvolutionTask& t) { return {Products(t), OperandBytes(t, kF32Bytes)}; }

// The columns are written, and read again.
ConvolutionCost Im2ColCost(const ConvolutionTask& t) {
  const double columns = Count(ResultOf(t)) / static_cast<double>(t.w[0]) * Count(t.w) / static_cast<double>(t.w[0]);
  return {Products(t), OperandBytes(t, kF32Bytes) + 2 * kF32Bytes * columns};
}

// 36 products for 16 places of the result; tiles of x and y and the windows pass through memory in their transformed
// shape, once in each direction. The transforms themselves only add, and scale by constants.
ConvolutionCost WinogradCost(const ConvolutionTask& t) {
  const Shape y = ResultOf(t);
  const auto tiles_along = [](int64_t extent) { return (extent + kTile - 1) / kTile; };
  const double tiles = static_cast<double>(y[0] * tiles_along(y[2]) * tiles_along(y[3]));
  const double inputs = static_cast<double>(t.w[1]), outputs = static_cast<double>(t.w[0]);
  constexpr double kElements = kTransformed * kTransformed;
  return {kElements * tiles * inputs * outputs,
          OperandBytes(t, kF32Bytes) +
              2 * kF32Bytes * kElements * (tiles * inputs + tiles * outputs + inputs * outputs)};
}

ConvolutionCost BF16Cost(const ConvolutionTask& t) { return {Products(t), OperandBytes(t, kBF16Bytes)}; }

bool Always(const ConvolutionTask&) { return true; }

std::vector<ConvolutionWay> MakeWays() {
  const auto loops = [](const ConvolutionTask& t, const Tensor& x, const Tensor& w) -> std::function<Tensor()> {
    using reference::FromTensor;
    return [x = FromTensor<float>(x), w = FromTensor<float>(w), o = t.options] {
      return reference::ToTensor(reference::Convolution(x, w, {}, o));
    };
  };
  const auto reordered = [](const ConvolutionTask& t, const Tensor& x, const Tensor& w) -> std::function<Tensor()> {
    return [x, w, o = t.options] { return Reordered(o, x, w); };
  };
  const auto im2col = [](const ConvolutionTask& t, const Tensor& x, const Tensor& w) -> std::function<Tensor()> {
    return [x, w, o = t.options] { return ConvolutionByIm2Col(x, w, o); };
  };
  const auto direct = [](const ConvolutionTask& t, const Tensor& x, const Tensor& w) {
    return ByOneDnn(t.options, ConvolutionAlgorithm::kDirect, x, w);
  };
  const auto winograd = [](const ConvolutionTask& t, const Tensor& x, const Tensor& w) {
    return ByOneDnn(t.options, ConvolutionAlgorithm::kWinograd, x, w);
  };
  const auto bf16 = [](const ConvolutionTask& t, const Tensor& x, const Tensor& w) {
    return ByOneDnn(t.options, ConvolutionAlgorithm::kDirect, Cast(x, DType::kBF16), w);
  };
  const auto has_winograd = [](const ConvolutionTask& t) { return HasWinograd(t.x, t.w, t.options); };
  const auto has_bf16 = [](const ConvolutionTask&) { return onednn::HasBf16(); };
  return {{"loops", "a loop for each index of the definition", Always, DirectCost, loops},
          {"reordered", "the same loops, along memory", Always, DirectCost, reordered},
          {"im2col", "windows as columns, and OpenBLAS", Always, Im2ColCost, im2col},
          {"direct", "oneDNN's direct kernel", Always, DirectCost, direct},
          {"winograd", "oneDNN's Winograd kernel, F(4x4, 3x3)", has_winograd, WinogradCost, winograd},
          {"bf16", "oneDNN's direct kernel, operands in bf16", has_bf16, BF16Cost, bf16}};
}

}  // namespace

const std::vector<ConvolutionWay>& ConvolutionWays() {
  static const auto* ways = new std::vector<ConvolutionWay>(MakeWays());
  return *ways;
}

}  // namespace dl
