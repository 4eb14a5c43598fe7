#include "modules/primitives/internal/tiled_weight_gradient.h"

#include <cstring>

#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/internal/parallel.h"

namespace dl {
namespace {

// Half of what a core keeps to itself, in pixels of one map over the batch: above, the direct kernels are no slower.
constexpr int64_t kMostPixels = 16384;
constexpr int64_t kFewestChannels = 64;

// A descriptor of the shape whose axes lie in memory in the given order, outermost first.
onednn::Desc InAxisOrder(const Shape& shape, const std::vector<int>& order, DType dtype) {
  dnnl::memory::dims strides(shape.size());
  int64_t stride = 1;
  for (size_t i = order.size(); i-- > 0;) {
    strides[order[i]] = stride;
    stride *= shape[order[i]];
  }
  return onednn::Desc(onednn::DimsOf(shape), onednn::TypeOf(dtype), strides);
}

Tensor Rearranged(const Tensor& x, const std::vector<int>& order) {
  Tensor result = onednn::MakeTensor(InAxisOrder(x.shape(), order, x.dtype()), x.shape(), x.dtype());
  onednn::Copy(x, result);
  return result;
}

// [C R S, Ho Wo N]: each row is what one place of the filters meets, zeros where it lies outside of x.
Tensor Rows(const Tensor& x, const Shape& w, const Shape& dy, const ConvolutionOptions& o) {
  const int64_t batch = x.dim(0), height = x.dim(2), width = x.dim(3), bytes = batch * sizeof(uint16_t);
  const Tensor pixels = Rearranged(x, {1, 2, 3, 0});
  Tensor rows({w[1] * w[2] * w[3], dy[2] * dy[3] * batch}, DType::kBF16);
  const auto* from = static_cast<const std::byte*>(pixels.raw());
  auto* to = static_cast<std::byte*>(rows.mutable_raw());
  ParallelFor(rows.dim(0), rows.dim(1), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      const int64_t c = row / (w[2] * w[3]), r = row / w[3] % w[2], s = row % w[3];
      std::byte* out = to + row * dy[2] * dy[3] * bytes;
      for (int64_t i = 0; i < dy[2]; ++i) {
        for (int64_t j = 0; j < dy[3]; ++j, out += bytes) {
          const int64_t y = i * o.stride + r * o.dilation - o.padding, z = j * o.stride + s * o.dilation - o.padding;
          if (y < 0 || y >= height || z < 0 || z >= width) {
            std::memset(out, 0, bytes);
          } else {
            std::memcpy(out, from + ((c * height + y) * width + z) * bytes, bytes);
          }
        }
      }
    }
  });
  return rows;
}

}  // namespace

bool PrefersTiledWeightGradient(const Shape& dy, const Shape& w, const ConvolutionOptions& options) {
  const bool fits = options.groups == 1 && w[1] >= kFewestChannels && w[0] >= kFewestChannels;
  return fits && onednn::HasBf16Tiles() && dy[0] * dy[2] * dy[3] <= kMostPixels;
}

Tensor TiledWeightGradient(const Tensor& x, const Tensor& dy, const Shape& w_shape, const ConvolutionOptions& options) {
  const Tensor rows = Rows(x, w_shape, dy.shape(), options), gradient = Rearranged(dy, {2, 3, 0, 1});
  const int64_t places = rows.dim(0), pixels = rows.dim(1), outputs = w_shape[0];
  const auto& product = onednn::Cached(onednn::Signature().Add(rows.shape()).Add(outputs), [&] {
    return onednn::Prepared<dnnl::matmul>(onednn::Describe<dnnl::matmul>(
        onednn::PlainDesc({places, pixels}, DType::kBF16), onednn::PlainDesc({pixels, outputs}, DType::kBF16),
        onednn::PlainDesc({places, outputs})));
  });
  Tensor dw = onednn::MakeTensor(InAxisOrder(w_shape, {1, 2, 3, 0}, DType::kF32), w_shape);
  // The same bytes seen as matrices.
  const dnnl::memory b(product.desc.weights_desc(), onednn::Engine(), const_cast<void*>(gradient.raw()));
  const dnnl::memory c(product.desc.dst_desc(), onednn::Engine(), dw.mutable_raw());
  product.Run({{DNNL_ARG_SRC, onednn::Read(rows)}, {DNNL_ARG_WEIGHTS, b}, {DNNL_ARG_DST, c}});
  return dw;
}

}  // namespace dl
