// SqueezeNet: AlexNet's accuracy on ImageNet with a fiftieth of its weights (Iandola et al. 2016).
#ifndef MODULES_CNN_SQUEEZENET_H_
#define MODULES_CNN_SQUEEZENET_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "modules/backprop/layer.h"

namespace dl {

struct FireOptions {
  int64_t inputs = 96, squeeze = 16, expand = 64;  // channels; it expands to so many by each of two ways
};

// The fire module: few channels first, by 1x1, then many, half of them by 1x1 and half by 3x3, each with its ReLU. x:
// [N, inputs, H, W], y: [N, 2 expand, H, W]. Children as torchvision names them: squeeze, expand1x1, expand3x3.
class Fire : public Layer {
 public:
  Fire(const FireOptions& options, Random& random);

  Variable Forward(const Variable& x, const Pass& pass) override;
  std::vector<NamedLayer> Children() const override;

 private:
  std::unique_ptr<Layer> squeeze_, expand1x1_, expand3x3_;
};

// The paper's network, and the one that its authors published later, of like accuracy at less than half the work.
enum class SqueezeNetVersion { k1_0, k1_1 };

struct SqueezeNetOptions {
  int64_t inputs = 3;  // channels of the image
  int64_t classes = 1000;
  SqueezeNetVersion version = SqueezeNetVersion::k1_0;
  float dropout = 0.5f;  // before the last convolution
  int64_t slimmer = 1;   // so many times fewer channels than the paper's: 1, 2, 4, 8 or 16
};

// A convolution of stride 2, eight fire modules with max-pools between them whose windows may hang over the edge, and
// for each class a map, whose mean is its logit: no dense layer. x: [N, inputs, H, W], H and W at least 29, in version
// 1.1 at least 25; y: logits [N, classes]. Named as torchvision names them: features.0.weight,
// features.3.squeeze.weight, ..., classifier.1.bias. For ImageNet 1,248,424 parameters, in version 1.1 1,235,496.
Sequential SqueezeNet(Random& random, const SqueezeNetOptions& options = {});

}  // namespace dl

#endif  // MODULES_CNN_SQUEEZENET_H_
