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

// The same with smoothed labels: `smoothing` in [0, 1] is taken from the label and shared out to all K classes.
Variable SmoothedCrossEntropy(const Variable& logits, absl::Span<const int32_t> labels, float smoothing);

// The mean over all elements of the cross-entropy between a target in [0, 1] and the sigmoid of a logit.
Variable BinaryCrossEntropyWithLogits(const Variable& logits, const Tensor& target);

// The mean over all elements of max(0, 1 - t s), targets t of -1 or 1; at the kink the derivative is 0.
Variable HingeLoss(const Variable& scores, const Tensor& target);

// The mean over all elements of e²/2 where |e| <= delta, else delta (|e| - delta/2), e = y - target.
Variable HuberLoss(const Variable& y, const Tensor& target, float delta = 1.0f);

// Two losses of a classifier with K sigmoid outputs, of which the label's should be 1 and all others 0: the sum over
// the outputs, the mean over the rows; logits: [N, K], labels: N of {0, ..., K - 1}. The first charges each output its
// binary cross-entropy, the second half its squared error.
Variable SigmoidCrossEntropy(const Variable& logits, absl::Span<const int32_t> labels);
Variable SigmoidSquaredError(const Variable& logits, absl::Span<const int32_t> labels);

// λ/2 times the sum of the squares of all elements of `weights`: L2 regularisation, whose gradient is λ w.
Variable L2Penalty(absl::Span<const Variable> weights, float lambda);

}  // namespace dl

#endif  // MODULES_BACKPROP_LOSSES_H_
