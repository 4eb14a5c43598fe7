#include "modules/backprop/linear.h"

#include "modules/backprop/ops.h"

namespace dl {

Linear::Linear(int64_t inputs, int64_t outputs, Random& random, const Initializer& initializer, bool bias)
    : weight_(initializer({outputs, inputs}, random)) {
  if (bias) bias_ = Tensor::Zeros({outputs});
}

Variable Linear::Forward(const Variable& input, const Pass&) {
  const Variable x = Cast(input, weight_.value().dtype());
  const Variable rows = x.value().rank() > 2 ? Flatten(x) : x;
  return bias_ ? Affine(rows, weight_, *bias_) : MatMul(rows, weight_, {.b = true});
}

std::vector<Parameter> Linear::Parameters() const {
  if (bias_) return {{"weight", weight_}, {"bias", *bias_}};
  return {{"weight", weight_}};
}

Variable FlattenLayer::Forward(const Variable& x, const Pass&) { return Flatten(x); }

Variable Activation::Forward(const Variable& x, const Pass&) { return Apply(f_, x); }

}  // namespace dl
