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
Loss CrossEntropy(const Tensor& logits, absl::Span<const int32_t> labels);

// The mean over all elements of -(t log σ(x) + (1 - t) log(1 - σ(x))), as max(x, 0) - x t + log(1 + e^-|x|), which
// neither overflows nor takes the logarithm of 0. logits and target: one shape, plain, both f32 or both f64,
// targets in [0, 1].
Loss BinaryCrossEntropyWithLogits(const Tensor& logits, const Tensor& target);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_LOSS_H_
