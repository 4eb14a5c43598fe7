// Reverse-mode differentiation: from a loss back to whatever it was computed from.
#ifndef MODULES_BACKPROP_GRADIENTS_H_
#define MODULES_BACKPROP_GRADIENTS_H_

#include <vector>

#include "absl/types/span.h"
#include "modules/backprop/variable.h"

namespace dl {

// The gradient of `loss`, which holds one element, with respect to each variable of `wrt`, in the same order and each
// in that variable's shape and type; zeros where the loss does not depend on it. Pure: it changes no variable, and a
// second call returns the same. What leads to no variable of `wrt` is never visited: to freeze a layer, do not ask for
// it.
std::vector<Tensor> Gradients(const Variable& loss, absl::Span<const Variable> wrt);

}  // namespace dl

#endif  // MODULES_BACKPROP_GRADIENTS_H_
