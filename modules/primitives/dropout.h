// Dropout (Srivastava et al. 2014): chance sets elements to zero, and what is left is scaled up, so that the mean
// stays.
#ifndef MODULES_PRIMITIVES_DROPOUT_H_
#define MODULES_PRIMITIVES_DROPOUT_H_

#include <cstdint>

#include "modules/primitives/tensor.h"

namespace dl {

// y = 0 with probability `rate`, in [0, 1), else x / (1 - rate). x: any shape and layout, f32, bf16 or f64; y: the
// same.
//
// What becomes of element i, counted in memory order, is a function of `key` and i only: of neither the threads nor the
// other elements. The derivative is therefore the same call on dy, in the memory order of x, and no mask need be kept.
Tensor DropElements(const Tensor& x, float rate, uint64_t key);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_DROPOUT_H_
