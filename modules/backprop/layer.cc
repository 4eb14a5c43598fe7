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

// What `get` says of each child, under the child's name.
std::vector<Parameter> OfChildren(const Layer& layer, std::vector<Parameter> (Layer::*get)() const) {
  std::vector<Parameter> all;
  for (const NamedLayer& child : layer.Children()) {
    for (Parameter& parameter : (child.layer->*get)()) {
      all.push_back({absl::StrCat(child.name, ".", parameter.name), std::move(parameter.variable)});
    }
  }
  return all;
}

}  // namespace

std::vector<Parameter> Layer::Parameters() const { return OfChildren(*this, &Layer::Parameters); }

std::vector<Parameter> Layer::Buffers() const { return OfChildren(*this, &Layer::Buffers); }

Variable NamedLayer::Forward(const Variable& x, const Pass& pass) const {
  if (pass.observer == nullptr) return layer->Forward(x, pass);
  Pass inner = pass;
  inner.path = absl::StrCat(pass.path, name, ".");
  const Variable y = layer->Forward(x, inner);
  pass.observer->AfterForward(absl::StrCat(pass.path, name), *layer, x, y);
  return y;
}

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

Sequential& Sequential::Append(std::unique_ptr<Layer> layer, std::string name) {
  names_.push_back(name.empty() ? absl::StrCat(layers_.size()) : std::move(name));
  layers_.push_back(std::move(layer));
  return *this;
}

Variable Sequential::Forward(const Variable& x, const Pass& pass) {
  Variable y = x;
  for (const NamedLayer& child : Children()) y = child.Forward(y, pass);
  return y;
}

std::vector<Variable> Sequential::Outputs(const Variable& x, const Pass& pass) {
  std::vector<Variable> outputs;
  for (const NamedLayer& child : Children())
    outputs.push_back(child.Forward(outputs.empty() ? x : outputs.back(), pass));
  return outputs;
}

std::vector<NamedLayer> Sequential::Children() const {
  std::vector<NamedLayer> children;
  for (size_t i = 0; i < layers_.size(); ++i) children.push_back({names_[i], layers_[i].get()});
  return children;
}

}  // namespace dl
