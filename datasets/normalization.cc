#include "datasets/normalization.h"

#include <cmath>
#include <type_traits>

#include "modules/base/check.h"

namespace dl {
namespace {

// Sums in double over values [N, C, inner], in units of the stored type.
template <typename T>
Normalization Measure(const std::vector<T>& values, int64_t channels, int64_t inner) {
  const double unit = std::is_same_v<T, uint8_t> ? 1.0 / 255 : 1.0;
  const int64_t examples = static_cast<int64_t>(values.size()) / (channels * inner);
  const double count = static_cast<double>(examples * inner);
  Normalization result;
  for (int64_t c = 0; c < channels; ++c) {
    const auto accumulate = [&](auto&& term) {
      double sum = 0;
      for (int64_t n = 0; n < examples; ++n) {
        const T* channel = values.data() + (n * channels + c) * inner;
        for (int64_t i = 0; i < inner; ++i) sum += term(channel[i]);
      }
      return sum;
    };
    const double mean = accumulate([](double v) { return v; }) / count;
    const double variance = accumulate([mean](double v) { return (v - mean) * (v - mean); }) / count;
    result.mean.push_back(static_cast<float>(mean * unit));
    result.deviation.push_back(variance > 0 ? static_cast<float>(std::sqrt(variance) * unit) : 1.0f);
  }
  return result;
}

}  // namespace

Normalization ChannelNormalization(const Dataset& train) {
  DL_CHECK(train.size() > 0) << "ChannelNormalization: " << train.name << " is empty";
  const int64_t channels = train.example_shape[0];
  const int64_t inner = NumElements(train.example_shape) / channels;
  return std::visit([&](const auto& values) { return Measure(values, channels, inner); }, train.values);
}

}  // namespace dl
