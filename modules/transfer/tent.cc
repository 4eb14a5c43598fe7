#include "modules/transfer/tent.h"

#include "modules/backprop/gradients.h"
#include "modules/base/check.h"
#include "modules/transfer/prediction_entropy.h"

namespace dl {

std::vector<Variable> ScalesAndShifts(Layer& model) {
  std::vector<Variable> variables;
  for (const BatchNorm2d* norm : BatchNormsOf(model)) {
    for (const Parameter& parameter : norm->Parameters()) variables.push_back(parameter.variable);
  }
  return variables;
}

Tent::Tent(Layer& model, const std::function<std::unique_ptr<Optimizer>(std::vector<Variable> parameters)>& make)
    : model_(model),
      scope_(model, {.batch_statistics = When::kAlways, .gather = When::kNever}),
      optimizer_(make(ScalesAndShifts(model))) {
  DL_CHECK(!scope_.norms().empty()) << "Tent: the model has no batch normalisation to adapt";
}

Tensor Tent::Adapt(const Tensor& x) {
  const Variable logits = model_.Forward(x, {});
  optimizer_->Step(Gradients(PredictionEntropy(logits), optimizer_->parameters()));
  return logits.value();
}

}  // namespace dl
