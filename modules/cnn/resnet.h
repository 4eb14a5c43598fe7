// Residual networks for small images (He et al. 2016).
#ifndef MODULES_CNN_RESNET_H_
#define MODULES_CNN_RESNET_H_

#include <cstdint>
#include <vector>

#include "modules/backprop/layer.h"
#include "modules/cnn/residual.h"

namespace dl {

struct ResNetOptions {
  int64_t inputs = 3;  // channels of the image
  int64_t classes = 10;
  std::vector<int64_t> widths = {64, 128, 256,
                                 512};         // channels of each stage; from the second on a stage halves the map
  std::vector<int64_t> blocks = {2, 2, 2, 2};  // of each stage
  Shortcut shortcut = Shortcut::kProjection;
};

// A residual network: a 3x3 convolution, stages of blocks, the mean of each map, and a linear layer. x: [N, inputs, H,
// W]; y: logits [N, classes]. Named as torchvision names them: conv1, bn1, layer1.0.conv1, ..., fc. Weights start from
// He's normal distribution of the inputs' fan.
Sequential ResNet(Random& random, const ResNetOptions& options = {});

// ResNet-18 as it is cut for 32x32 images: its first convolution is 3x3 of stride 1, and no pooling follows it. For
// three colours and ten classes 11,173,962 parameters.
ResNetOptions ResNet18();

// The paper's networks for CIFAR-10, of 6 n + 2 layers with parameters: depth 20, 32, 44, 56 (or 6 n + 2 for any n >=
// 1), widths 16, 32 and 64, and shortcuts without parameters: 0.27 million at depth 20, 0.85 million at 56. With
// Shortcut::kNone it is the plain network that the paper compares them with.
ResNetOptions CifarResNet(int64_t depth, Shortcut shortcut = Shortcut::kPadding);

}  // namespace dl

#endif  // MODULES_CNN_RESNET_H_
