// Augmentation: what may happen to training images that leaves their class as it is. Off unless asked for.
//
//   absl::StatusOr<AugmentationOptions> augmentation = ParseAugmentation("crop:4,flip,cutout:8");
#ifndef DATASETS_AUGMENTATION_H_
#define DATASETS_AUGMENTATION_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "datasets/image_changes.h"
#include "modules/base/random.h"
#include "modules/primitives/shape.h"

namespace dl {

enum class Flip {
  kNone,
  kRandom,       // each image with probability 1/2
  kAlternating,  // a fixed random half of the images in even epochs, the other half in odd ones: two epochs see both
                 // sides of each (Jordan: "94% on CIFAR-10 in 3.29 Seconds on a Single GPU", 2024)
};

struct AugmentationOptions {
  int64_t crop = 0;   // pixels: pads by so many and crops at random, that is, moves by -crop...crop along both axes
  int64_t shift = 0;  // pixels: moves by -shift...shift along one axis, each of the 4 shift + 1 places as likely as
                      // another; 1 makes the expanded MNIST of Nielsen's book
  Padding padding = Padding::kBlack;  // what crop and shift bring in
  Flip flip = Flip::kNone;            // left and right
  int64_t cutout = 0;  // pixels: the side of one square, its middle anywhere in the image, made 0, the mean of
                       // normalized inputs (DeVries & Taylor: "Improved Regularization of ... with Cutout", 2017)
  float jitter = 0;    // brightness, contrast and saturation each times a factor between 1 - jitter and 1 + jitter
  float mixup = 0;     // alpha: batches are mixed with themselves by a share from Beta(alpha, alpha); see mixup.h

  bool operator==(const AugmentationOptions&) const = default;
};

// From "crop:4,flip" or, for flags that are lists, "crop:4+flip": items crop:N, shift:N, reflect (Padding::kMirror),
// flip (random), flip:alternating, cutout:N, jitter:X, mixup:X; "" and "none" are no augmentation. InvalidArgument on
// an unknown item, which names the nearest, on one that comes twice, and on an impossible value.
absl::StatusOr<AugmentationOptions> ParseAugmentation(std::string_view text);

// InvalidArgument where examples of this shape cannot be so augmented: all but mixup want images [C, H, W], larger than
// the moves.
absl::Status CheckAugmentation(const AugmentationOptions& options, const Shape& example_shape);

// What chance makes of one image. `example` is its number in the data set and `epoch` counts from 0: both are for
// Flip::kAlternating, whose half is the same for every `random`.
ImageChange DrawChange(const AugmentationOptions& options, const Shape& example_shape, int64_t example, int64_t epoch,
                       Random* random);

}  // namespace dl

#endif  // DATASETS_AUGMENTATION_H_
