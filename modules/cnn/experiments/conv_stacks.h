// Stacks of 3x3 convolutions whose effective receptive field theory can tell: the subjects of Luo et al. 2016.
#ifndef MODULES_CNN_EXPERIMENTS_CONV_STACKS_H_
#define MODULES_CNN_EXPERIMENTS_CONV_STACKS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "modules/backprop/variable.h"
#include "modules/base/random.h"

namespace dl {

// "uniform": one channel, every weight 1/9. "linear": random weights. "relu": the same, a ReLU before each convolution
// but the first. "residual": x + convolution(ReLU(x)), with random weights.
std::vector<std::string> ConvStackKinds();

// A stack of `depth` convolutions of stride 1 and padding 1, which keep the map's size and sees 2 depth + 1 pixels
// along each axis.
class ConvStack {
 public:
  // `channels` in, between and out; one where `kind` is "uniform". Random weights are He's.
  ConvStack(const std::string& kind, int64_t depth, int64_t channels, Random& random);

  int64_t channels() const { return channels_; }
  Variable operator()(const Variable& x) const;

 private:
  std::string kind_;
  int64_t channels_;
  std::vector<Tensor> weights_;
};

// The influence that theory expects of each pixel of the field, [2 depth + 1, 2 depth + 1] in f64, up to a factor. With
// uniform weights it is the box of nine ninths, convolved with itself. Of random weights the square of the derivative
// spreads so, in expectation and for many channels, and its size is the root; a way round each layer halves the box.
Tensor ExpectedInfluence(const std::string& kind, int64_t depth);

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_CONV_STACKS_H_
