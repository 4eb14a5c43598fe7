#include "datasets/imagenet_view.h"

#include "datasets/resize.h"

namespace dl {

Normalization ImageNetNormalization() {
  return {.mean = {0.485f, 0.456f, 0.406f}, .deviation = {0.229f, 0.224f, 0.225f}};
}

Tensor ImageNetView(const Image& image, const ImageNetViewOptions& options) {
  const Image square = ResizeAndCrop(image, options.shorter, options.side);
  const Normalization normalization = ImageNetNormalization();
  Tensor view({3, options.side, options.side});
  float* y = view.mutable_data();
  for (size_t c = 0; c < 3; ++c) {
    for (size_t i = c; i < square.rgb.size(); i += 3) {
      *y++ = (static_cast<float>(square.rgb[i]) / 255 - normalization.mean[c]) / normalization.deviation[c];
    }
  }
  return view;
}

}  // namespace dl
