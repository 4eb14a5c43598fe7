// Softmax and its logarithm: scores to probabilities.
#ifndef MODULES_PRIMITIVES_SOFTMAX_H_
#define MODULES_PRIMITIVES_SOFTMAX_H_

#include "modules/primitives/tensor.h"

namespace dl {

// y = e^x / sum(e^x) along `axis`, which counts from the end if negative. x: f32 or f64, any shape of rank >= 1 and
// any layout; y: the same shape, plain. The largest x is subtracted first, so that nothing overflows.
Tensor Softmax(const Tensor& x, int axis = -1);

// y = x - log(sum(e^x)) along `axis`: the logarithm of Softmax, without its underflow.
Tensor LogSoftmax(const Tensor& x, int axis = -1);

// dx from the output y and dy, of equal shapes: y (dy - sum(y dy)).
Tensor SoftmaxBackward(const Tensor& y, const Tensor& dy, int axis = -1);

// dx from the output y and dy, of equal shapes: dy - e^y sum(dy).
Tensor LogSoftmaxBackward(const Tensor& y, const Tensor& dy, int axis = -1);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_SOFTMAX_H_
