#include "datasets/image_changes.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "modules/base/check.h"

namespace dl {
namespace {

// Where coordinate i of a mirrored image, less than an image's size outside 0, ..., size - 1, takes its pixel from.
int64_t Mirrored(int64_t i, int64_t size) { return i < 0 ? -i : i < size ? i : 2 * (size - 1) - i; }

// y = the row x moved by `right` columns, then flipped.
template <typename T>
void MoveRow(const T* x, int64_t width, int64_t right, Padding padding, bool flipped, T* y) {
  const int64_t first = std::clamp<int64_t>(right, 0, width), last = std::clamp<int64_t>(width + right, 0, width);
  const auto pad = [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) y[i] = padding == Padding::kBlack ? T{0} : x[Mirrored(i - right, width)];
  };
  pad(0, first);
  if (first < last) std::copy(x + first - right, x + last - right, y + first);
  pad(last, width);
  if (flipped) std::reverse(y, y + width);
}

// The weights of a pixel's channels in its grey.
std::vector<float> GreyWeights(int64_t channels) {
  if (channels == 3) return {0.299f, 0.587f, 0.114f};
  return std::vector<float>(channels, 1.0f / static_cast<float>(channels));
}

}  // namespace

template <typename T>
void MoveImage(const T* x, const Shape& shape, const ImageChange& change, T* y) {
  const int64_t height = shape[1], width = shape[2];
  DL_CHECK(change.padding == Padding::kBlack || (std::abs(change.down) < height && std::abs(change.right) < width))
      << "MoveImage: by " << change.down << ", " << change.right << " of an image " << height << " by " << width;
  for (int64_t c = 0; c < shape[0]; ++c, x += height * width) {
    for (int64_t row = 0; row < height; ++row, y += width) {
      const int64_t from = row - change.down;
      if (change.padding == Padding::kBlack && (from < 0 || from >= height)) {
        std::fill(y, y + width, T{0});
      } else {
        MoveRow(x + Mirrored(from, height) * width, width, change.right, change.padding, change.flipped, y);
      }
    }
  }
}

template void MoveImage(const uint8_t* x, const Shape& shape, const ImageChange& change, uint8_t* y);
template void MoveImage(const float* x, const Shape& shape, const ImageChange& change, float* y);

void RecolorImage(const Shape& shape, const ImageChange& change, float* x) {
  const int64_t channels = shape[0], pixels = shape[1] * shape[2];
  const std::vector<float> weights = GreyWeights(channels);
  std::vector<float> grey(pixels);
  for (int64_t c = 0; c < channels; ++c) {
    for (int64_t i = 0; i < pixels; ++i) grey[i] += weights[c] * x[c * pixels + i];
  }
  double sum = 0;
  for (float value : grey) sum += value;
  // Brightness b, contrast k and saturation s in one step: with g for a pixel's grey and m for the image's,
  // s (k (b x - b m) + b m) + (1 - s) (k (b g - b m) + b m) = s k b x + (1 - s) k b g + (1 - k) b m.
  const float saturation = channels == 3 ? change.saturation : 1.0f;
  const float gain = change.contrast * change.brightness;
  const float mean = change.brightness * static_cast<float>(sum / static_cast<double>(pixels));
  const float of_x = saturation * gain, of_grey = (1 - saturation) * gain, offset = (1 - change.contrast) * mean;
  for (int64_t c = 0; c < channels; ++c) {
    for (int64_t i = 0; i < pixels; ++i) {
      float& value = x[c * pixels + i];
      value = std::min(std::max(of_x * value + of_grey * grey[i] + offset, 0.0f), 1.0f);
    }
  }
}

void CutOut(const Shape& shape, const ImageChange& change, float* x) {
  const int64_t height = shape[1], width = shape[2];
  const int64_t top = std::max<int64_t>(change.cutout_top, 0), left = std::max<int64_t>(change.cutout_left, 0);
  const int64_t bottom = std::min(change.cutout_top + change.cutout, height);
  const int64_t right = std::min(change.cutout_left + change.cutout, width);
  if (left >= right) return;
  for (int64_t c = 0; c < shape[0]; ++c) {
    for (int64_t row = top; row < bottom; ++row) {
      float* line = x + (c * height + row) * width;
      std::fill(line + left, line + right, 0.0f);
    }
  }
}

}  // namespace dl
