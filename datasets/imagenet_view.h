// What a network that was trained on ImageNet sees of a photo: the view that it was tested with.
#ifndef DATASETS_IMAGENET_VIEW_H_
#define DATASETS_IMAGENET_VIEW_H_

#include <cstdint>

#include "datasets/image.h"
#include "datasets/normalization.h"
#include "modules/primitives/tensor.h"

namespace dl {

// ImageNet's own channel statistics, by which nearly all published networks are normalised: mean 0.485, 0.456, 0.406,
// standard deviation 0.229, 0.224, 0.225 of red, green and blue in [0, 1].
Normalization ImageNetNormalization();

struct ImageNetViewOptions {
  int64_t shorter = 256;  // pixels that the shorter side is resized to
  int64_t side = 224;     // pixels of the square that is cut from the middle of that
};

// `image` as an input [3, side, side]: resized and cut (ResizeAndCrop), scaled to [0, 1] and normalised as above. To
// the bit what torchvision's Resize, CenterCrop, ToTensor and Normalize make of a Pillow image.
Tensor ImageNetView(const Image& image, const ImageNetViewOptions& options = {});

}  // namespace dl

#endif  // DATASETS_IMAGENET_VIEW_H_
