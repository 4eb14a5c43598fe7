// VGG: deep stacks of 3x3 convolutions (Simonyan & Zisserman 2015).
#ifndef MODULES_CNN_VGG_H_
#define MODULES_CNN_VGG_H_

#include <cstdint>
#include <vector>

#include "modules/backprop/initializers.h"
#include "modules/backprop/layer.h"

namespace dl {

struct VggOptions {
  int64_t channels = 3, size = 224;  // of the image, which is square
  int64_t classes = 1000;
  std::vector<std::vector<int64_t>> stages;    // maps of the convolutions of each stage; max-pool 2 ends a stage
  std::vector<int64_t> hidden = {4096, 4096};  // units of the hidden dense layers
  bool batch_norm = false;                     // behind each convolution
  float dropout = 0.5f;                        // behind each hidden dense layer
  Initializer initializer = KaimingNormal;
};

// The paper's networks of `depth` 11, 13, 16 or 19 layers with weights, for ImageNet. VGG-16 has 138,357,544
// parameters.
VggOptions Vgg(int64_t depth, bool batch_norm = false);

// A stack in their manner for 32x32 images: two convolutions each of 64, 128 and 256 maps, with batch normalisation,
// and one hidden dense layer of 256.
VggOptions SmallVgg();

// Stages of [conv 3x3, batch normalisation if asked for, ReLU] and max-pool 2, then dense layers with ReLU and dropout.
// x: [N, channels, size, size], y: logits [N, classes]. Named as torchvision names them: features.0.weight, ...,
// classifier.6.bias.
Sequential VggNet(Random& random, const VggOptions& options);

}  // namespace dl

#endif  // MODULES_CNN_VGG_H_
