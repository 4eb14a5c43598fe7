// The differentiable operations: the primitives, with their vector-Jacobian products beside them.
//
// Shapes, types and checks are those of the primitive of the same name in modules/primitives.
#ifndef MODULES_BACKPROP_OPS_H_
#define MODULES_BACKPROP_OPS_H_

#include <vector>

#include "absl/types/span.h"
#include "modules/backprop/variable.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/elementwise.h"
#include "modules/primitives/layer_norm.h"
#include "modules/primitives/matmul.h"
#include "modules/primitives/reduction.h"

namespace dl {

// op(a, b) for each pair of elements, with NumPy's broadcasting.
Variable Apply(Binary op, const Variable& a, const Variable& b);

inline Variable operator+(const Variable& a, const Variable& b) { return Apply(Binary::kAdd, a, b); }
inline Variable operator-(const Variable& a, const Variable& b) { return Apply(Binary::kSubtract, a, b); }
inline Variable operator*(const Variable& a, const Variable& b) { return Apply(Binary::kMultiply, a, b); }
inline Variable operator/(const Variable& a, const Variable& b) { return Apply(Binary::kDivide, a, b); }

// The function f of each element.
Variable Apply(Elementwise f, const Variable& x);

// c = a b; either may be stored transposed.
Variable MatMul(const Variable& a, const Variable& b, Transposed transposed = {});

// y = x wᵀ + b. x: [N, D], w: [K, D], b: [K]; y: [N, K].
Variable Affine(const Variable& x, const Variable& w, const Variable& b);

// The sum, mean or maximum along `axes`, which vanish unless `keep_dims`; without axes over all elements: shape [].
Variable Reduce(Reduction f, const Variable& x, absl::Span<const int> axes, bool keep_dims = false);
Variable Sum(const Variable& x);
Variable Mean(const Variable& x);

// The same elements in another shape of equal size.
Variable Reshape(const Variable& x, const Shape& shape);

// The elements as `dtype`; the gradient comes back in x's own type.
Variable Cast(const Variable& x, DType dtype);

// [N, ...] → [N, the product of the rest].
Variable Flatten(const Variable& x);

// Along the last axis.
Variable Softmax(const Variable& x);
Variable LogSoftmax(const Variable& x);

// Each row to mean 0 and variance 1, then scaled and shifted by column. x: [..., D]; scale, shift: [D]; y: [..., D].
Variable LayerNorm(const Variable& x, const Variable& scale, const Variable& shift, float epsilon = kLayerNormEpsilon);

// The tensors side by side along `axis`; their other extents are equal.
Variable Concat(const std::vector<Variable>& parts, int axis);

}  // namespace dl

#endif  // MODULES_BACKPROP_OPS_H_
