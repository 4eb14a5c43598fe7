#include "modules/backprop/layer.h"

#include "absl/strings/str_cat.h"

namespace dl {
namespace {

std::vector<Variable> VariablesWhere(const Layer& layer, bool is_weight) {
  std::vector<Variable> variables;
  for (Parameter& parameter : layer.Parameters()) {
    const std::string own_name = parameter.name.substr(parameter.name.rfind('.') + 1);  // npos + 1 is 0
    if ((own_name == "weight") == is_weight) variables.push_back(std::move(parameter.variable));
  }
  return variables;
}

}  // namespace

std::vector<Variable> Variables(const Layer& layer) {
  std::vector<Variable> variables;
  for (Parameter& parameter : layer.Parameters()) variables.push_back(std::move(parameter.variable));
  return variables;
}

std::vector<Variable> Weights(const Layer& layer) { return VariablesWhere(layer, true); }

std::vector<Variable> Biases(const Layer& layer) { return VariablesWhere(layer, false); }

int64_t ParameterCount(const Layer& layer) {
  int64_t count = 0;
  for (const Parameter& parameter : layer.Parameters()) count += parameter.variable.value().size();
  return count;
}

Sequential& Sequential::Append(std::unique_ptr<Layer> layer) {
  layers_.push_back(std::move(layer));
  return *this;
}

Variable Sequential::Forward(const Variable& x, const Pass& pass) {
  Variable y = x;
  for (const std::unique_ptr<Layer>& layer : layers_) y = layer->Forward(y, pass);
  return y;
}

std::vector<Variable> Sequential::Outputs(const Variable& x, const Pass& pass) {
  std::vector<Variable> outputs;
  for (const std::unique_ptr<Layer>& layer : layers_) {
    outputs.push_back(layer->Forward(outputs.empty() ? x : outputs.back(), pass));
  }
  return outputs;
}

std::vector<Parameter> Sequential::Parameters() const {
  std::vector<Parameter> parameters;
  for (size_t i = 0; i < layers_.size(); ++i) {
    for (Parameter& parameter : layers_[i]->Parameters()) {
      parameters.push_back({absl::StrCat(i, ".", parameter.name), std::move(parameter.variable)});
    }
  }
  return parameters;
}

}  // namespace dl
