// Losses, each with its gradient from the same sweep over the elements.
#ifndef MODULES_PRIMITIVES_LOSS_H_
#define MODULES_PRIMITIVES_LOSS_H_

#include <cstdint>

#include "absl/types/span.h"
#include "modules/primitives/tensor.h"

namespace dl {

struct Loss {
  double value;
  Tensor gradient;  // d value / d prediction, in the prediction's shape
};

// The mean over all elements of (y - target)². y and target: one shape, plain, both f32 or both f64.
Loss MeanSquaredError(const Tensor& y, const Tensor& target);

// The mean over the rows of -log softmax(row)[label]. logits: [N, K], plain, f32 or f64; labels: N, each in
// {0, ..., K - 1}. See LogSoftmax for how overflow is kept out.
//
// `smoothing`, in [0, 1], takes that much from the label and shares it out equally to all K classes, the label's among
// them (Szegedy et al. 2016): the mean of -sum(target · log softmax(row)).
Loss CrossEntropy(const Tensor& logits, absl::Span<const int32_t> labels, float smoothing = 0);

// The mean over all elements of -(t log σ(x) + (1 - t) log(1 - σ(x))), as max(x, 0) - x t + log(1 + e^-|x|), which
// neither overflows nor takes the logarithm of 0. logits and target: one shape, plain, both f32 or both f64,
// targets in [0, 1].
Loss BinaryCrossEntropyWithLogits(const Tensor& logits, const Tensor& target);

// The mean over all elements of max(0, 1 - t s): a score s costs nothing once it is right by a margin of 1. scores and
// target: one shape, plain f32, targets -1 or 1. At the kink, t s = 1, the derivative is 0.
Loss HingeLoss(const Tensor& scores, const Tensor& target);

// The mean over all elements of e²/2 where |e| <= delta, else delta (|e| - delta/2), e = y - target (Huber 1964): a
// squared error whose slope stays within ±delta. It has no kink, but at |e| = delta its curvature jumps from 1 to 0. y
// and target: one shape, plain f32; delta > 0.
Loss HuberLoss(const Tensor& y, const Tensor& target, float delta = 1.0f);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_LOSS_H_
