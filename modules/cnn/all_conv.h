// The all-convolutional network: nothing but convolutions, and one mean at the end.
#ifndef MODULES_CNN_ALL_CONV_H_
#define MODULES_CNN_ALL_CONV_H_

#include <cstdint>

#include "modules/backprop/layer.h"

namespace dl {

struct AllConvOptions {
  int64_t channels = 3;  // of the image
  int64_t classes = 10;
  int64_t first = 96, second = 192;  // maps before and after the first halving; the paper's
  float input_dropout = 0.2f;        // of the pixels
  float dropout = 0.5f;              // behind each convolution that halves
};

// All-CNN-C (Springenberg et al. 2015): convolutions of stride 2 stand where others pool, 1x1 convolutions where others
// have dense layers. x: [N, channels, H, W], sides of at least 9; y: logits [N, classes]. 1,369,738 parameters as it
// stands:
//   first, first, first / 2, second, second, second / 2, second without padding, all 3x3; second, classes, both 1x1;
// each followed by a ReLU, and the mean of each map.
Sequential AllConv(Random& random, const AllConvOptions& options = {});

}  // namespace dl

#endif  // MODULES_CNN_ALL_CONV_H_
