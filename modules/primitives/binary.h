// Functions of two elements, with NumPy's broadcasting, and the two that autodiff adds gradients up with.
#ifndef MODULES_PRIMITIVES_BINARY_H_
#define MODULES_PRIMITIVES_BINARY_H_

#include "modules/primitives/tensor.h"

namespace dl {

enum class Binary {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kMaximum,
  kMinimum,
  kGreaterEqual,  // 1 where a >= b, else 0; its gradient is 0; always plain
};

// "add", "subtract", ...
const char* ToString(Binary op);

// y = op(a, b) for each pair of elements; shapes broadcast (see BroadcastShape), types must be equal, f32, bf16 or
// f64.
//
// A blocked operand of the result's shape keeps its order and gives it to y: a residual sum reorders nothing, and
// neither does a blocked [N, C, H, W] with a small operand such as [C, 1, 1] move the large one.
Tensor Apply(Binary op, const Tensor& a, const Tensor& b);

inline Tensor Add(const Tensor& a, const Tensor& b) { return Apply(Binary::kAdd, a, b); }
inline Tensor Subtract(const Tensor& a, const Tensor& b) { return Apply(Binary::kSubtract, a, b); }
inline Tensor Multiply(const Tensor& a, const Tensor& b) { return Apply(Binary::kMultiply, a, b); }
inline Tensor Divide(const Tensor& a, const Tensor& b) { return Apply(Binary::kDivide, a, b); }

// The gradient of Apply(op, a, b) with respect to a or to b, in the shape of that operand; dy has the result's shape.
// f32 or f64. Where a maximum or minimum has two equal operands, a gets the gradient.
Tensor ApplyBackwardA(Binary op, const Tensor& a, const Tensor& b, const Tensor& dy);
Tensor ApplyBackwardB(Binary op, const Tensor& a, const Tensor& b, const Tensor& dy);

// accumulator += x, of equal shape and type, in the accumulator's order and, in f32 and unless another tensor shares
// it, in place.
void AddTo(Tensor& accumulator, const Tensor& x);

// factor · x, f32 or f64, in the order of x.
Tensor Scale(const Tensor& x, double factor);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_BINARY_H_
