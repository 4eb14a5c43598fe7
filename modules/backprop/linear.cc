#include "modules/backprop/linear.h"

#include "modules/backprop/ops.h"

namespace dl {

Linear::Linear(int64_t inputs, int64_t outputs, Random& random, const Initializer& initializer)
    : weight_(initializer({outputs, inputs}, random)), bias_(Tensor::Zeros({outputs})) {}

Variable Linear::Forward(const Variable& input, const Pass&) {
  const Variable x = Cast(input, weight_.value().dtype());
  return Affine(x.value().rank() > 2 ? Flatten(x) : x, weight_, bias_);
}

std::vector<Parameter> Linear::Parameters() const { return {{"weight", weight_}, {"bias", bias_}}; }

Variable Activation::Forward(const Variable& x, const Pass&) { return Apply(f_, x); }

}  // namespace dl
