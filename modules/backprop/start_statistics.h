// What a network is like before its first step: the signs of a good or a bad initialisation.
#ifndef MODULES_BACKPROP_START_STATISTICS_H_
#define MODULES_BACKPROP_START_STATISTICS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "modules/backprop/layer.h"
#include "modules/primitives/log_histogram.h"
#include "modules/primitives/tensor.h"

namespace dl {

struct StartStatistics {
  struct HiddenLayer {
    double deviation;        // the standard deviation of its activations, over examples and units
    double dead;             // share of units that are 0 on every example: no gradient passes through such a rectifier
    LogHistogram histogram;  // of its activations
  };
  double loss;                      // mean cross-entropy, nats; of a network that guesses: log K
  double first_gradient;            // the largest |dL/dW| of the first layer; 0: it will never learn
  std::vector<HiddenLayer> layers;  // first to last
};

// Of `mlp`, which Mlp made, on a batch. x: [N, D]; labels: N of {0, ..., K - 1}.
StartStatistics StartStatisticsOf(Sequential& mlp, const Tensor& x, absl::Span<const int32_t> labels);

}  // namespace dl

#endif  // MODULES_BACKPROP_START_STATISTICS_H_
