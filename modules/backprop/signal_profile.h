// How big the signals in a network are: activations on the way up, gradients on the way down.
#ifndef MODULES_BACKPROP_SIGNAL_PROFILE_H_
#define MODULES_BACKPROP_SIGNAL_PROFILE_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "modules/backprop/layer.h"
#include "modules/primitives/tensor.h"

namespace dl {

// Of one hidden layer, h = f(W h' + b), over the examples and units of a batch.
struct LayerSignal {
  double activation_deviation;  // the standard deviation of h
  double gradient;              // the root mean square of dL/dh, L the mean cross-entropy of the batch
  double weight_gradient;       // the root mean square of dL/dW
};

// One for each hidden layer of `mlp`, which Mlp made, first to last. x: [N, D]; labels: N of {0, ..., K - 1}.
std::vector<LayerSignal> SignalProfile(Sequential& mlp, const Tensor& x, absl::Span<const int32_t> labels);

}  // namespace dl

#endif  // MODULES_BACKPROP_SIGNAL_PROFILE_H_
