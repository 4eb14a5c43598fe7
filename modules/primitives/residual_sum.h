// The end of a residual block (He et al. 2016): what the block made of its input, added to that input, rectified.
#ifndef MODULES_PRIMITIVES_RESIDUAL_SUM_H_
#define MODULES_PRIMITIVES_RESIDUAL_SUM_H_

#include "modules/primitives/tensor.h"

namespace dl {

// y = max(a + b, 0) for each pair of elements, in one pass over memory. a, b: of equal shape and type, f32, bf16 or
// f64; y is in the order of a. Of both gradients ApplyBackward(Elementwise::kReLU, y, dy) is the value.
Tensor AddReLU(const Tensor& a, const Tensor& b);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_RESIDUAL_SUM_H_
