#include "modules/cnn/blur_pool.h"

#include <algorithm>
#include <vector>

#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/cnn/ops.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

int64_t PaddingOf(const BlurPoolOptions& options) { return (options.kernel - 1) / 2; }

// 1 3 3 1, divided by their sum.
std::vector<double> BinomialWeights(int64_t kernel) {
  std::vector<double> weights = {1};
  for (int64_t n = 1; n < kernel; ++n) {
    weights.push_back(0);
    for (int64_t i = n; i >= 0; --i) weights[i] = (weights[i] + (i > 0 ? weights[i - 1] : 0)) / 2;
  }
  return weights;
}

// One filter for each map: [channels, 1, kernel, kernel].
Tensor Filters(int64_t channels, int64_t kernel) {
  const std::vector<double> weights = BinomialWeights(kernel);
  Tensor filters({channels, 1, kernel, kernel});
  float* next = filters.mutable_data();
  for (int64_t c = 0; c < channels; ++c) {
    for (double down : weights) {
      for (double right : weights) *next++ = static_cast<float>(down * right);
    }
  }
  return filters;
}

// Which part of the weights of each window lies inside a map, along one axis.
std::vector<double> InnerWeights(int64_t size, int64_t out, const BlurPoolOptions& o) {
  const std::vector<double> weights = BinomialWeights(o.kernel);
  std::vector<double> inner(out, 0);
  for (int64_t i = 0; i < out; ++i) {
    for (int64_t k = 0; k < o.kernel; ++k) {
      const int64_t place = i * o.stride + k - PaddingOf(o);
      if (place >= 0 && place < size) inner[i] += weights[k];
    }
  }
  return inner;
}

}  // namespace

Variable BlurPool(const Variable& x, const BlurPoolOptions& o) {
  DL_CHECK(o.kernel >= 1 && o.stride >= 1)
      << "BlurPool: kernel " << o.kernel << ", stride " << o.stride << "; both must be at least 1";
  DL_CHECK(x.shape().size() == 4) << "BlurPool: x is " << ToString(x.shape()) << ", it must have rank 4";
  const DType dtype = x.value().dtype();
  const int64_t channels = x.shape()[1];
  Tensor filters = Filters(channels, o.kernel);
  if (dtype == DType::kF64) filters = Cast(filters, dtype);
  const Variable y =
      Convolution(x, filters, ConvolutionOptions{.stride = o.stride, .padding = PaddingOf(o), .groups = channels});
  const int64_t height = y.shape()[2], width = y.shape()[3];
  const std::vector<double> down = InnerWeights(x.shape()[2], height, o), right = InnerWeights(x.shape()[3], width, o);
  Tensor whole({1, 1, height, width});
  float* factors = whole.mutable_data();
  for (int64_t i = 0; i < height * width; ++i) {
    factors[i] = static_cast<float>(1 / (down[i / width] * right[i % width]));
  }
  return y * Variable(Cast(whole, dtype));
}

Window BlurPool2d::WindowOn(const Shape&) const { return {options_.kernel, options_.stride, PaddingOf(options_)}; }

}  // namespace dl
