// LSUV, layer-sequential unit-variance initialisation (Mishkin & Matas: "All you need is a good init", ICLR 2016).
//
// Formulas such as Kaiming's say what the weights' variance must be for one activation. LSUV asks the network instead:
// it sends a batch through, layer by layer, and divides each layer's weight by the deviation that it finds.
#ifndef MODULES_BACKPROP_LSUV_H_
#define MODULES_BACKPROP_LSUV_H_

#include "modules/backprop/layer.h"
#include "modules/base/random.h"
#include "modules/primitives/tensor.h"

namespace dl {

struct LsuvOptions {
  double tolerance = 0.1;  // of each variance, about 1
  int most_tries = 10;     // of scaling one layer
};

// Gives every layer of `model` that has a weight (a parameter of two dimensions or more; one a layer) an orthogonal
// one, then, first layer to last, scales it until the layer's output on `x` [N, ...] has variance 1. Whether all came
// within the tolerance: a layer whose inputs are all zeros cannot.
bool Lsuv(Sequential& model, const Tensor& x, Random& random, const LsuvOptions& options = {});

}  // namespace dl

#endif  // MODULES_BACKPROP_LSUV_H_
