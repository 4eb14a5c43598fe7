// The residual block (He et al. 2016): layers that learn what to add to their input.
#ifndef MODULES_CNN_RESIDUAL_H_
#define MODULES_CNN_RESIDUAL_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "modules/backprop/layer.h"
#include "modules/cnn/batch_norm.h"

namespace dl {

// How a block's input gets to its output where their shapes differ.
enum class Shortcut {
  kProjection,  // "B": a 1x1 convolution of the block's stride, and batch normalisation
  kPadding,     // "A": every stride-th place, and maps of zeros for the new channels, half in front: no parameters
  kNone,        // no way round: a plain network, the residual one's control
};

struct ResidualBlockOptions {
  int64_t inputs = 64, outputs = 64;  // channels
  int64_t stride = 1;                 // of the first 3x3 convolution
  Shortcut shortcut = Shortcut::kProjection;
  int64_t bottleneck = 0;  // channels of the one 3x3 convolution that stands between two 1x1; 0: two of 3x3
};

// The block of two 3x3 convolutions, each with its batch normalisation:
//   y = max(bn2(conv2(max(bn1(conv1(x)), 0))) + shortcut(x), 0)
// or, for deep networks, of three: one of 1x1 to few channels, one of 3x3 among those, which has the stride
// (torchvision's choice; the paper's is the one before it), and one of 1x1 to `outputs`. x: [N, inputs, H, W], y: [N,
// outputs, ceil(H / stride), ceil(W / stride)]. Children as torchvision names them: conv1, bn1, conv2, bn2, with a
// bottleneck conv3, bn3, and downsample (0: convolution, 1: batch normalisation) where there is a projection.
class ResidualBlock : public Layer {
 public:
  ResidualBlock(const ResidualBlockOptions& options, Random& random);

  Variable Forward(const Variable& x, const Pass& pass) override;
  std::vector<NamedLayer> Children() const override;

 private:
  Variable Around(const Variable& x, const Pass& pass) const;

  ResidualBlockOptions options_;
  std::vector<std::unique_ptr<Layer>> body_;  // conv1, bn1, ..., and the last convolution
  std::unique_ptr<BatchNorm2d> last_norm_;
  std::unique_ptr<Layer> downsample_;    // null: nothing to be learned on the way round
  Tensor padding_ = Tensor::Zeros({0});  // weights that pad; none: the input goes round as it is
};

}  // namespace dl

#endif  // MODULES_CNN_RESIDUAL_H_
