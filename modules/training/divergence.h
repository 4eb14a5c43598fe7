// Where, in a training step that failed, the first value appeared that is not finite.
#ifndef MODULES_TRAINING_DIVERGENCE_H_
#define MODULES_TRAINING_DIVERGENCE_H_

#include <functional>
#include <string>

#include "absl/types/span.h"
#include "modules/backprop/layer.h"

namespace dl {

// Goes through a training step again, on `x` [N, ...], with the loss that `loss_of` says of the model's output and the
// chance of `random`, and says in a few words where a value is NaN or infinite first: in the inputs, in the output of a
// layer, in the loss, or in the gradient of one of `parameters`. Empty where all are finite. Changes no parameter.
std::string FirstNotFinite(Layer& model, const Tensor& x, const std::function<Variable(const Variable& y)>& loss_of,
                           absl::Span<const Variable> parameters, Random random);

}  // namespace dl

#endif  // MODULES_TRAINING_DIVERGENCE_H_
