#include "datasets/resize.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "modules/base/check.h"

namespace dl {
namespace {

constexpr int kBits = 22;  // a weight w is stored as w · 2^22, so that 255 · w fits into 31 bits

// Pixels [begin, begin + count) of an axis of `from` pixels resized to `to`.
struct Window {
  int64_t from, to, begin, count;
};

// What one new pixel is made of: old pixels from `first` on, weighted.
struct Mixture {
  int64_t first;
  std::vector<int32_t> weights;
};

std::vector<Mixture> Mixtures(const Window& window) {
  const double scale = static_cast<double>(window.from) / static_cast<double>(window.to);
  const double radius = std::max(scale, 1.0);  // old pixels
  std::vector<Mixture> mixtures;
  for (int64_t i = window.begin; i < window.begin + window.count; ++i) {
    const double center = (static_cast<double>(i) + 0.5) * scale;
    const int64_t first = std::max<int64_t>(0, static_cast<int64_t>(center - radius + 0.5));
    const int64_t end = std::min(window.from, static_cast<int64_t>(center + radius + 0.5));
    std::vector<double> weights;
    double sum = 0;
    for (int64_t j = first; j < end; ++j) {
      weights.push_back(std::max(0.0, 1 - std::abs((static_cast<double>(j) - center + 0.5) / radius)));
      sum += weights.back();
    }
    mixtures.push_back({first, {}});
    for (double weight : weights) {
      mixtures.back().weights.push_back(static_cast<int32_t>(weight / sum * (1 << kBits) + 0.5));
    }
  }
  return mixtures;
}

// `pixels` is the mixture's first; the next one lies `stride` bytes on.
uint8_t Mix(const Mixture& mixture, const uint8_t* pixels, int64_t stride) {
  int32_t sum = 1 << (kBits - 1);
  for (int32_t weight : mixture.weights) {
    sum += weight * *pixels;
    pixels += stride;
  }
  return static_cast<uint8_t>(std::min(sum >> kBits, 255));
}

Image Resample(const Image& image, const Window& height, const Window& width) {
  const std::vector<Mixture> rows = Mixtures(height), columns = Mixtures(width);
  // Only rows that the window shows, or those of a very long picture would fill the memory.
  const int64_t top = rows.front().first;
  const int64_t bottom = rows.back().first + static_cast<int64_t>(rows.back().weights.size());
  Image wide(bottom - top, width.count);
  uint8_t* out = wide.rgb.data();
  for (int64_t row = top; row < bottom; ++row) {
    for (const Mixture& column : columns) {
      const uint8_t* pixels = &image.rgb[3 * (row * image.width + column.first)];
      for (int c = 0; c < 3; ++c) *out++ = Mix(column, pixels + c, 3);
    }
  }
  Image resized(height.count, width.count);
  out = resized.rgb.data();
  const int64_t stride = 3 * width.count;
  for (const Mixture& row : rows) {
    const uint8_t* pixels = &wide.rgb[stride * (row.first - top)];
    for (int64_t i = 0; i < stride; ++i) *out++ = Mix(row, pixels + i, stride);
  }
  return resized;
}

}  // namespace

Image Resize(const Image& image, int64_t height, int64_t width) {
  DL_CHECK(image.height > 0 && image.width > 0 && height > 0 && width > 0)
      << "Resize: " << image.height << " by " << image.width << " to " << height << " by " << width;
  return Resample(image, {image.height, height, 0, height}, {image.width, width, 0, width});
}

Image ResizeAndCrop(const Image& image, int64_t side) { return ResizeAndCrop(image, side, side); }

Image ResizeAndCrop(const Image& image, int64_t shorter, int64_t side) {
  const int64_t before = std::min(image.height, image.width);
  DL_CHECK(before > 0 && side > 0 && shorter >= side)
      << "ResizeAndCrop: " << image.height << " by " << image.width << " to " << shorter << ", cut to " << side;
  const auto middle = [&](int64_t from) -> Window {
    const int64_t to = shorter * from / before;
    // An odd pixel goes where Python's round puts it: halves to the even number.
    return {from, to, static_cast<int64_t>(std::nearbyint(static_cast<double>(to - side) / 2)), side};
  };
  return Resample(image, middle(image.height), middle(image.width));
}

}  // namespace dl
