#include "modules/backprop/ops.h"

#include <numeric>
#include <utility>

#include "modules/base/check.h"
#include "modules/primitives/concat.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/softmax.h"

namespace dl {
namespace {

std::vector<int> AllAxes(const Variable& x) {
  std::vector<int> axes(x.shape().size());
  std::iota(axes.begin(), axes.end(), 0);
  return axes;
}

}  // namespace

// [binary]
Variable Apply(Binary op, const Variable& a, const Variable& b) {
  return Record(ToString(op), Apply(op, a.value(), b.value()),
                {{a, [op, a = a.value(), b = b.value()](const Tensor&,
                                                        const Tensor& dy) { return ApplyBackwardA(op, a, b, dy); }},
                 {b, [op, a = a.value(), b = b.value()](const Tensor&, const Tensor& dy) {
                    return ApplyBackwardB(op, a, b, dy);
                  }}});
}
// [/binary]

// [apply]
Variable Apply(Elementwise f, const Variable& x) {
  if (DerivativeReadsOutput(f)) {
    return Record(ToString(f), Apply(f, x.value()),
                  {{x, [f](const Tensor& y, const Tensor& dy) { return ApplyBackward(f, y, dy); }}});
  }
  return Record(ToString(f), Apply(f, x.value()),
                {{x, [f, x = x.value()](const Tensor&, const Tensor& dy) { return ApplyBackward(f, x, dy); }}});
}
// [/apply]

Variable MatMul(const Variable& a, const Variable& b, Transposed t) {
  // With A = op(a), B = op(b): dA = dC Bᵀ and dB = Aᵀ dC; a transposed operand wants the transpose of its part.
  return Record("matmul", MatMul(a.value(), b.value(), t),
                {{a,
                  [b = b.value(), t](const Tensor&, const Tensor& dc) {
                    return t.a ? MatMul(b, dc, {.a = t.b, .b = true}) : MatMul(dc, b, {.b = !t.b});
                  }},
                 {b, [a = a.value(), t](const Tensor&, const Tensor& dc) {
                    return t.b ? MatMul(dc, a, {.a = true, .b = t.a}) : MatMul(a, dc, {.a = !t.a});
                  }}});
}

// [affine]
Variable Affine(const Variable& x, const Variable& w, const Variable& b) {
  return Record("affine", Affine(x.value(), w.value(), b.value()),
                {{x, [w = w.value()](const Tensor&, const Tensor& dy) { return MatMul(dy, w); }},
                 {w, [x = x.value()](const Tensor&, const Tensor& dy) { return MatMul(dy, x, {.a = true}); }},
                 {b, [s = b.shape()](const Tensor&, const Tensor& dy) { return ReduceTo(dy, s); }}});
}
// [/affine]

Variable Reduce(Reduction f, const Variable& x, absl::Span<const int> axes, bool keep_dims) {
  return Record(ToString(f), Reduce(f, x.value(), axes, keep_dims),
                {{x, [f, x = x.value(), axes = std::vector<int>(axes.begin(), axes.end())](
                         const Tensor&, const Tensor& dy) { return ReduceBackward(f, x, axes, dy); }}});
}

Variable Sum(const Variable& x) { return Reduce(Reduction::kSum, x, AllAxes(x)); }

Variable Mean(const Variable& x) { return Reduce(Reduction::kMean, x, AllAxes(x)); }

Variable Reshape(const Variable& x, const Shape& shape) {
  return Record("reshape", x.value().Reshape(shape),
                {{x, [s = x.shape()](const Tensor&, const Tensor& dy) { return dy.Reshape(s); }}});
}

Variable Cast(const Variable& x, DType dtype) {
  if (x.value().dtype() == dtype) return x;
  return Record("cast", Cast(x.value(), dtype),
                {{x, [from = x.value().dtype()](const Tensor&, const Tensor& dy) { return Cast(dy, from); }}});
}

Variable Flatten(const Variable& x) {
  DL_CHECK(!x.shape().empty()) << "Flatten: a scalar has no rows";
  const int64_t rows = x.shape()[0];
  Variable plain = x;
  if (!x.value().is_plain()) {
    plain = Record("to_plain", ToPlain(x.value()), {{x, [](const Tensor&, const Tensor& dy) { return dy; }}});
  }
  return Reshape(plain, {rows, rows == 0 ? 0 : x.value().size() / rows});
}

Variable Softmax(const Variable& x) {
  return Record("softmax", Softmax(x.value()),
                {{x, [](const Tensor& y, const Tensor& dy) { return SoftmaxBackward(y, dy); }}});
}

Variable LogSoftmax(const Variable& x) {
  return Record("log_softmax", LogSoftmax(x.value()),
                {{x, [](const Tensor& y, const Tensor& dy) { return LogSoftmaxBackward(y, dy); }}});
}

Variable LayerNorm(const Variable& x, const Variable& scale, const Variable& shift, float epsilon) {
  LayerNormResult result = LayerNorm(x.value(), scale.value(), shift.value(), epsilon);
  const Tensor y = result.y;
  result.y = Tensor();  // the backward pass reads the statistics only
  return Record(
      "layer_norm", y,
      JointEdges({x, scale, shift}, [x = x.value(), scale = scale.value(), result = std::move(result), epsilon](
                                        const Tensor&, const Tensor& dy) {
        LayerNormGradients gradients = LayerNormBackward(x, scale, result, dy, epsilon);
        return std::vector<Tensor>{std::move(gradients.dx), std::move(gradients.dscale), std::move(gradients.dshift)};
      }));
}

Variable Concat(const std::vector<Variable>& parts, int axis) {
  std::vector<Tensor> values;
  std::vector<int64_t> extents;
  for (const Variable& part : parts) {
    values.push_back(part.value());
    extents.push_back(part.value().dim(axis));
  }
  return Record("concat", Concat(values, axis), JointEdges(parts, [extents, axis](const Tensor&, const Tensor& dy) {
                  return Split(dy, extents, axis);
                }));
}

}  // namespace dl
