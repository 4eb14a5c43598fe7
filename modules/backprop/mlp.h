// The multilayer perceptron.
#ifndef MODULES_BACKPROP_MLP_H_
#define MODULES_BACKPROP_MLP_H_

#include <cstdint>
#include <vector>

#include "modules/backprop/initializers.h"
#include "modules/backprop/layer.h"
#include "modules/primitives/elementwise.h"

namespace dl {

// Linear layers of the given widths, inputs first and outputs last, with `activation` between them: widths {784, 128, 10}
// make Linear(784, 128), activation, Linear(128, 10). x: [N, widths.front()] or any [N, ...] of that size.
Sequential Mlp(const std::vector<int64_t>& widths, Elementwise activation, Random& random,
               const Initializer& initializer = KaimingNormal);

// How many numbers its parameters hold.
int64_t MlpParameterCount(const std::vector<int64_t>& widths);

// "784-128-10"
std::string MlpName(const std::vector<int64_t>& widths);

}  // namespace dl

#endif  // MODULES_BACKPROP_MLP_H_
