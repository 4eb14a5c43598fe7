// Gradients of bounded length: where the loss has a cliff, one step must not throw the parameters off it.
#ifndef MODULES_OPTIMIZERS_CLIPPING_H_
#define MODULES_OPTIMIZERS_CLIPPING_H_

#include <memory>
#include <vector>

#include "modules/optimizers/optimizer.h"

namespace dl {

// The Euclidean norm of all the tensors as one vector; f32 or f64, of any layout.
double GlobalNorm(const std::vector<Tensor>& tensors);

// `gradients` as they are, or all scaled down alike where their global norm is above `limit`, to that length (Pascanu
// et al. 2013). Their direction does not change, as it does with ClipByValue (transformation.h).
std::vector<Tensor> ClippedByGlobalNorm(std::vector<Tensor> gradients, double limit);

// `inner` on gradients that are so clipped.
std::unique_ptr<Optimizer> ClipByGlobalNorm(double limit, std::unique_ptr<Optimizer> inner);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_CLIPPING_H_
