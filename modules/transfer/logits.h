// What a network answers to inputs that are ready for it.
#ifndef MODULES_TRANSFER_LOGITS_H_
#define MODULES_TRANSFER_LOGITS_H_

#include "absl/status/statusor.h"
#include "modules/backprop/layer.h"
#include "modules/primitives/tensor.h"

namespace dl {

// The logits [N, K], plain f32, of `model` in evaluation mode for plain f32 inputs [N, C, H, W], N >= 1. It works on a
// few large images at a time, or many small ones, so that memory does not grow with N. Cancelled after Ctrl-C.
absl::StatusOr<Tensor> LogitsOf(Layer& model, const Tensor& inputs);

}  // namespace dl

#endif  // MODULES_TRANSFER_LOGITS_H_
