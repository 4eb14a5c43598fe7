// How long a tensor is, as one vector.
#ifndef MODULES_PRIMITIVES_NORM_H_
#define MODULES_PRIMITIVES_NORM_H_

#include "modules/primitives/tensor.h"

namespace dl {

// The sum of the squares of all elements, f32 or f64, in any layout, summed in double. It depends on the layout, in the
// last bits, and not on the number of threads.
double SumOfSquares(const Tensor& x);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_NORM_H_
