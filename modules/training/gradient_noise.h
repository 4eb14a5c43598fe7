// The noise of a mini-batch's gradient: how far it strays from the gradient of all examples.
//
// A batch of B examples drawn independently has the right gradient G in the mean, and the variance tr(Σ)/B, where Σ is
// the covariance of the gradients of single examples. Noise and signal are equal in batches of tr(Σ)/|G|² examples: the
// simple noise scale (McCandlish et al., "An Empirical Model of Large-Batch Training", 2018).
#ifndef MODULES_TRAINING_GRADIENT_NOISE_H_
#define MODULES_TRAINING_GRADIENT_NOISE_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "datasets/dataset.h"
#include "datasets/normalization.h"
#include "modules/backprop/layer.h"
#include "modules/base/random.h"

namespace dl {

class GradientNoise {
 public:
  // Of the mean cross-entropy of `model`, a classifier in evaluation mode, with respect to all its parameters as they
  // stand; `data` are all examples there are, at least one. Both must outlive it, the parameters unchanged.
  GradientNoise(Layer& model, const Dataset& data, Normalization normalization);

  // |G|²: the squared Euclidean norm of the gradient of all examples.
  double squared_norm() const { return squared_norm_; }

  // tr(Σ): the mean over the examples of |gradient of one - G|².
  double trace() const { return trace_; }

  // tr(Σ)/|G|², in examples.
  double scale() const { return trace_ / squared_norm_; }

  // The variance measured: the mean of |gradient of a batch - G|² over `draws` batches of `batch_size` examples, each
  // drawn independently, so that an example may come twice. Both at least 1.
  double Variance(int64_t batch_size, int64_t draws, Random random) const;

 private:
  std::vector<Tensor> GradientOf(const std::vector<int64_t>& examples) const;
  double SquaredDistance(const std::vector<int64_t>& examples) const;  // of their gradient from G

  Layer& model_;
  const Dataset& data_;
  Normalization normalization_;
  std::vector<Tensor> gradient_;  // G
  double squared_norm_ = 0, trace_ = 0;
};

}  // namespace dl

#endif  // MODULES_TRAINING_GRADIENT_NOISE_H_
