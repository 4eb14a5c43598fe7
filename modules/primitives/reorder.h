// Copies of a tensor in another memory order or element type.
#ifndef MODULES_PRIMITIVES_REORDER_H_
#define MODULES_PRIMITIVES_REORDER_H_

#include "modules/primitives/tensor.h"

namespace dl {

// The same elements in row-major order; the tensor itself if it is plain.
Tensor ToPlain(const Tensor& tensor);

// The same elements in the memory order of `like`, which has the same shape; the tensor itself if it has that order.
Tensor InLayoutOf(const Tensor& tensor, const Tensor& like);

// The elements as `dtype`, in the tensor's order where that is blocked by channels or channels last, else row-major;
// the tensor itself if it is of that type. A wider type keeps every value; a narrower one rounds to nearest even, f64
// to bf16 by way of f32.
Tensor Cast(const Tensor& tensor, DType dtype);

// A batch as a network's first layer reads it: its elements as `dtype`, and images [N, C, H, W] in bf16 with their
// channels innermost, as bf16 kernels want them.
Tensor AsInput(const Tensor& batch, DType dtype);

// How many copies between memory orders the program has made so far, those inside operations included: the figure that
// does not grow in a steady training step. Casts do not count, nor do the weights that ConvolutionBackwardData
// rewrites: ConvolutionWeightReorders() counts those.
int64_t ReorderCount();

}  // namespace dl

#endif  // MODULES_PRIMITIVES_REORDER_H_
