// The size of a step against the size of what it changes: a learning rate's plainest symptom.
#ifndef MODULES_TRAINING_UPDATE_RATIO_H_
#define MODULES_TRAINING_UPDATE_RATIO_H_

#include <vector>

#include "datasets/batches.h"
#include "modules/backprop/layer.h"
#include "modules/optimizers/optimizer.h"

namespace dl {

// Trains `model` by cross-entropy on the first `steps` of `batches` and returns, for each parameter of the optimizer
// that has two dimensions or more, the mean over the steps of |Δw| / |w|, Euclidean norms of the step and of the weight
// before it. About 1e-3 is healthy (Karpathy: CS231n, "Neural Networks Part 3"); 0 where nothing moves, infinite where
// zeros do.
std::vector<double> UpdateRatios(Layer& model, Optimizer& optimizer, const Batches& batches, int64_t steps);

}  // namespace dl

#endif  // MODULES_TRAINING_UPDATE_RATIO_H_
