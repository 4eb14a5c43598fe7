// The entropy of predictions: how undecided a classifier is, without a look at any label.
#ifndef MODULES_TRANSFER_PREDICTION_ENTROPY_H_
#define MODULES_TRANSFER_PREDICTION_ENTROPY_H_

#include "modules/backprop/variable.h"

namespace dl {

// The mean over the rows of -sum(p log p), p = softmax(row), in nats: 0 where one class has all, log K where all K have
// the same. logits: [N, K], N >= 1; shape []. What Tent (Wang et al. 2021) makes small on target batches.
Variable PredictionEntropy(const Variable& logits);

}  // namespace dl

#endif  // MODULES_TRANSFER_PREDICTION_ENTROPY_H_
