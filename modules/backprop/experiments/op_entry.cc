#include "modules/backprop/experiments/op_entry.h"

#include <cmath>
#include <utility>

#include "modules/backprop/ops.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

// Drawn in f32, so that it is the same in every type.
Tensor Draw(const OpInput& input, DType dtype, Random& random) {
  Tensor tensor(input.shape);
  float* values = tensor.mutable_data();
  for (int64_t i = 0; i < tensor.size(); ++i) {
    const float z = random.Normal();
    values[i] = input.domain == OpDomain::kAny ? z : z + std::copysign(0.5f, z);
    if (input.domain == OpDomain::kPositive) values[i] = std::abs(values[i]);
  }
  return Cast(tensor, dtype);
}

}  // namespace

OpEntry EntryOfOp(std::string name, std::string declaration, double bar, std::vector<OpInput> inputs,
                  std::function<Variable(const std::vector<Variable>& v)> f) {
  const auto make = [inputs = std::move(inputs), f = std::move(f)](DType dtype) {
    Random random(1);
    OpCase result;
    std::vector<Variable> variables;
    for (const OpInput& input : inputs) {
      variables.push_back(Draw(input, dtype, random));
      result.inputs.push_back({input.name, variables.back()});
    }
    result.f = [f, variables] { return f(variables); };
    return result;
  };
  return {std::move(name), std::move(declaration), "", "", bar, 0, make};
}

OpEntry EntryOfLayer(std::string name, std::string declaration, double bar, Shape x,
                     std::function<std::shared_ptr<Layer>(Random&)> make_layer, int64_t sample) {
  const auto make = [x = std::move(x), make_layer = std::move(make_layer)](DType dtype) {
    Random random(1);
    OpCase result;
    const Variable input = Draw({"x", x}, dtype, random);
    result.inputs.push_back({"x", input});
    const std::shared_ptr<Layer> layer = make_layer(random);
    for (Parameter& parameter : layer->Parameters()) {
      const Tensor noise = Scale(Draw({"", parameter.variable.shape()}, DType::kF32, random), 0.1f);
      parameter.variable.mutable_value() = Cast(Add(parameter.variable.value(), noise), dtype);
      result.inputs.push_back(std::move(parameter));
    }
    result.f = [layer, input] {
      Random chance(2);  // the same in each call
      return layer->Forward(input, {.training = true, .random = &chance});
    };
    return result;
  };
  return {std::move(name), std::move(declaration), "", "", bar, sample, make};
}

}  // namespace dl
