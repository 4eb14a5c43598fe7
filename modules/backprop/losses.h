// Differentiable losses: the primitives of modules/primitives/loss.h as scalars of the graph, shape [].
#ifndef MODULES_BACKPROP_LOSSES_H_
#define MODULES_BACKPROP_LOSSES_H_

#include <cstdint>

#include "absl/types/span.h"
#include "modules/backprop/variable.h"

namespace dl {

// The mean over all elements of (y - target)²; y and target have one shape.
Variable MeanSquaredError(const Variable& y, const Tensor& target);

// The mean over the rows of -log softmax(row)[label]; logits: [N, K], labels: N of {0, ..., K - 1}.
Variable CrossEntropy(const Variable& logits, absl::Span<const int32_t> labels);

// The mean over all elements of the cross-entropy between a target in [0, 1] and the sigmoid of a logit.
Variable BinaryCrossEntropyWithLogits(const Variable& logits, const Tensor& target);

}  // namespace dl

#endif  // MODULES_BACKPROP_LOSSES_H_
