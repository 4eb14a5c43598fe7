// Adaptation by statistics alone: a network meets another domain, and its batch normalisations take that domain's means
// and variances in place of those of their training. No label is needed, and no gradient.
#ifndef MODULES_TRANSFER_BATCH_NORM_ADAPTATION_H_
#define MODULES_TRANSFER_BATCH_NORM_ADAPTATION_H_

#include "datasets/batches.h"
#include "modules/backprop/layer.h"

namespace dl {

// Replaces all running statistics in `model` by their averages over `batches` of target data, each batch counting as
// its examples (AdaBN, Li et al. 2017). While they are gathered every batch is normalised by its own, as in training;
// dropout is off and nothing else changes. At least one batch.
void ReestimateBatchNorm(Layer& model, const Batches& batches);

// The logits of `model` for one target batch x: [n, ...] by statistics mixed from source and target (Schneider et al.
// 2020),
//   N / (N + n) · running + n / (N + n) · batch,
// where N = `source_examples` >= 0 says for how many examples the source counts: 0 for the batch alone, towards
// infinity for plain evaluation. The batch's variance is without bias, as the running one is. Leaves the model as it
// was.
Tensor ForwardWithMixedStatistics(Layer& model, const Tensor& x, double source_examples);

}  // namespace dl

#endif  // MODULES_TRANSFER_BATCH_NORM_ADAPTATION_H_
