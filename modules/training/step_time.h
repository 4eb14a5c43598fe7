// How long training takes on this machine: measured, not computed.
#ifndef MODULES_TRAINING_STEP_TIME_H_
#define MODULES_TRAINING_STEP_TIME_H_

#include <cstdint>

#include "modules/backprop/layer.h"

namespace dl {

struct StepTimeOptions {
  int64_t classes = 10;
  int64_t batch_size = 128;
  DType precision = DType::kF32;  // of the inputs, and so of the activations
  double seconds = 1;             // measures until so much time has passed, and two steps at least
};

// The least time, in seconds, that a training step has taken: forward, backward and an update of the parameters by
// nothing, on a batch of noise of shape `image`, [C, H, W] or [D]. One step goes ahead unmeasured, in which kernels are
// chosen. The running averages of the model's normalisations move.
double SecondsPerStep(Layer& model, const Shape& image, const StepTimeOptions& options = {});

// What an epoch of `examples` takes by that: SecondsPerStep for each full batch.
double SecondsPerEpoch(Layer& model, const Shape& image, int64_t examples, const StepTimeOptions& options = {});

}  // namespace dl

#endif  // MODULES_TRAINING_STEP_TIME_H_
