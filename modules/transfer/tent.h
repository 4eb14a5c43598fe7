// Tent (Wang et al. 2021): a network that meets another domain adapts itself, without labels, to be less undecided.
//
// On each target batch it takes one step downhill on the entropy of its own predictions. Batch normalisations use the
// statistics of the batch, and only their scales and shifts are trained: few numbers, that steer every feature map.
#ifndef MODULES_TRANSFER_TENT_H_
#define MODULES_TRANSFER_TENT_H_

#include <functional>
#include <memory>
#include <vector>

#include "modules/cnn/batch_norm_scope.h"
#include "modules/optimizers/optimizer.h"

namespace dl {

// The scales and shifts of the batch normalisations in `model`, in the order of its children.
std::vector<Variable> ScalesAndShifts(Layer& model);

class Tent {
 public:
  // `make` says how they learn: Adam at a rate of 1e-3 is the paper's for small images. While the adapter lives, the
  // model's batch normalisations use batch statistics and gather none; after it they are as they were, but for what
  // they have learned. The model must outlive it and must have a batch normalisation.
  Tent(Layer& model, const std::function<std::unique_ptr<Optimizer>(std::vector<Variable> parameters)>& make);

  // The logits [N, K] of a target batch x as the model stands, and then one step. Dropout is off. x: [N, ...], N >= 1.
  Tensor Adapt(const Tensor& x);

 private:
  Layer& model_;
  BatchNormScope scope_;
  std::unique_ptr<Optimizer> optimizer_;
};

}  // namespace dl

#endif  // MODULES_TRANSFER_TENT_H_
