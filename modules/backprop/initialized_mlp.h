// A multilayer perceptron whose first weights come about in a way that has a name.
#ifndef MODULES_BACKPROP_INITIALIZED_MLP_H_
#define MODULES_BACKPROP_INITIALIZED_MLP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/backprop/initializers.h"
#include "modules/backprop/layer.h"
#include "modules/primitives/elementwise.h"

namespace dl {

struct Initialization {
  Initializer weights;  // of each layer by itself
  bool lsuv = false;    // and then of all together: modules/backprop/lsuv.h
};

// What ParseInitializer takes, and "lsuv". InvalidArgument with the valid names on any other.
absl::StatusOr<Initialization> ParseInitialization(const std::string& name);

// Mlp(widths, activation) that starts as `initialization` says; x [N, widths.front()] (or any [N, ...] of that size) is
// the batch that LSUV looks at.
Sequential InitializedMlp(const std::vector<int64_t>& widths, Elementwise activation,
                          const Initialization& initialization, const Tensor& x, Random& random);

}  // namespace dl

#endif  // MODULES_BACKPROP_INITIALIZED_MLP_H_
