// Residual networks (He et al. 2016), for small images and for large ones.
#ifndef MODULES_CNN_RESNET_H_
#define MODULES_CNN_RESNET_H_

#include <cstdint>
#include <string>
#include <vector>

#include "modules/backprop/layer.h"
#include "modules/cnn/residual.h"

namespace dl {

// What stands before the first block.
enum class Stem {
  kSmallImages,  // a 3x3 convolution: the map keeps its size
  kLargeImages,  // a 7x7 convolution and a 3x3 max-pool, both of stride 2: a quarter of its height and width
};

struct ResNetOptions {
  int64_t inputs = 3;  // channels of the image
  int64_t classes = 10;
  // Channels of each stage; from the second on a stage halves the map.
  std::vector<int64_t> widths = {64, 128, 256, 512};
  std::vector<int64_t> blocks = {2, 2, 2, 2};  // of each stage
  Shortcut shortcut = Shortcut::kProjection;
  Stem stem = Stem::kSmallImages;
  bool bottleneck = false;  // blocks with a bottleneck of the stage's width, and four times as many outputs
  std::string head = "fc";  // the last layer's name
};

// A residual network: the stem, stages of blocks, the mean of each map, and a linear layer. x: [N, inputs, H, W]; y:
// logits [N, classes]. Named as torchvision names them: conv1, bn1, layer1.0.conv1, ..., fc. Weights start from He's
// normal distribution of the inputs' fan.
Sequential ResNet(Random& random, const ResNetOptions& options = {});

// ResNet-18 as it is cut for 32x32 images: its first convolution is 3x3 of stride 1, and no pooling follows it. For
// three colours and ten classes 11,173,962 parameters.
ResNetOptions ResNet18();

// The paper's networks for ImageNet as torchvision builds them, of `depth` 18, 34, 50, 101 or 152 layers with weights;
// from 50 on with bottlenecks, whose stride is the 3x3 convolution's. ResNet-50 has 25,557,032 parameters.
ResNetOptions ImageNetResNet(int64_t depth);

// The paper's networks for CIFAR-10, of 6 n + 2 layers with parameters: depth 20, 32, 44, 56 (or 6 n + 2 for any n >=
// 1), widths 16, 32 and 64, and shortcuts without parameters: 0.27 million at depth 20, 0.85 million at 56. Named as
// akamaster/pytorch_resnet_cifar10 names them: its last layer is "linear". With Shortcut::kNone it is the plain network
// that the paper compares them with.
ResNetOptions CifarResNet(int64_t depth, Shortcut shortcut = Shortcut::kPadding);

}  // namespace dl

#endif  // MODULES_CNN_RESNET_H_
