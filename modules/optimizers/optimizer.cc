#include "modules/optimizers/optimizer.h"

#include <iterator>

#include "modules/base/check.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

std::vector<Variable> AllParameters(const std::vector<std::unique_ptr<Optimizer>>& groups) {
  std::vector<Variable> all;
  for (const auto& group : groups) all.insert(all.end(), group->parameters().begin(), group->parameters().end());
  return all;
}

void CheckFit(size_t i, const Tensor& gradient, const Tensor& parameter) {
  DL_CHECK(gradient.shape() == parameter.shape())
      << "Optimizer::Step: gradient " << i << " is " << ToString(gradient.shape()) << ", its parameter is "
      << ToString(parameter.shape()) << "; they must be equal";
  DL_CHECK(parameter.dtype() != DType::kBF16)
      << "Optimizer::Step: parameter " << i << " is bf16; parameters are f32 or f64";
  DL_CHECK(gradient.dtype() == parameter.dtype())
      << "Optimizer::Step: gradient " << i << " is " << ToString(gradient.dtype()) << ", its parameter is "
      << ToString(parameter.dtype()) << "; they must be equal";
}

void CheckFit(const std::vector<Tensor>& gradients, const std::vector<Variable>& parameters) {
  DL_CHECK(gradients.size() == parameters.size())
      << "Optimizer::Step: " << gradients.size() << " gradients for " << parameters.size() << " parameters";
  for (size_t i = 0; i < gradients.size(); ++i) CheckFit(i, gradients[i], parameters[i].value());
}

}  // namespace

void Optimizer::AdoptLayouts(const std::vector<Tensor>& gradients) {
  CheckFit(gradients, parameters_);
  for (size_t i = 0; i < gradients.size(); ++i) {
    Tensor& parameter = parameters_[i].mutable_value();
    parameter = InLayoutOf(parameter, gradients[i]);
  }
}

void Optimizer::Step(std::vector<Tensor> gradients) {
  CheckFit(gradients, parameters_);
  if (step_ == 0) AdoptLayouts(gradients);
  for (size_t i = 0; i < gradients.size(); ++i) gradients[i] = InLayoutOf(gradients[i], parameters_[i].value());
  Apply(std::move(gradients));
  ++step_;
}

bool Optimizer::StepWith(const GradientFunction& gradients) {
  std::optional<std::vector<Tensor>> here = gradients();
  if (here) Step(*std::move(here));
  return here.has_value();
}

void Optimizer::VisitState(const std::string& prefix, StateVisitor& visitor) {
  visitor.Count(absl::StrCat(prefix, "step"), step_);
  if (step_ > 0) VisitMemory(prefix, visitor);
}

ParameterGroups::ParameterGroups(std::vector<std::unique_ptr<Optimizer>> groups)
    : Optimizer(AllParameters(groups)), groups_(std::move(groups)) {}

void ParameterGroups::Apply(std::vector<Tensor> gradients) {
  auto next = std::make_move_iterator(gradients.begin());
  for (const auto& group : groups_) {
    const auto end = next + static_cast<int64_t>(group->parameters().size());
    group->Step({next, end});
    next = end;
  }
}

void ParameterGroups::VisitMemory(const std::string& prefix, StateVisitor& visitor) {
  for (size_t i = 0; i < groups_.size(); ++i) groups_[i]->VisitState(absl::StrCat(prefix, "group", i, "."), visitor);
}

std::unique_ptr<Optimizer> Sgd(std::vector<Variable> parameters, const SgdOptions& options) {
  const ScaleByLearningRate descend{options.rate};
  const AddDecayedWeights l2{options.weight_decay};
  if (options.momentum == 0) return MakeOptimizer(std::move(parameters), l2, descend);
  return MakeOptimizer(std::move(parameters), l2, Momentum{options.momentum, options.nesterov}, descend);
}

std::unique_ptr<Optimizer> Adam(std::vector<Variable> parameters, const AdamOptions& options) {
  return MakeOptimizer(std::move(parameters), ScaleByAdam{options.beta1, options.beta2, options.epsilon},
                       AddDecayedWeights{options.weight_decay}, ScaleByLearningRate{options.rate});
}

}  // namespace dl
