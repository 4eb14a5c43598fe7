#include "modules/optimizers/optimizer.h"

namespace dl {
namespace {

std::vector<Variable> AllParameters(const std::vector<std::unique_ptr<Optimizer>>& groups) {
  std::vector<Variable> all;
  for (const auto& group : groups) all.insert(all.end(), group->parameters().begin(), group->parameters().end());
  return all;
}

}  // namespace

void Optimizer::Step(std::vector<Tensor> gradients) {
  DL_CHECK(gradients.size() == parameters_.size())
      << "Optimizer::Step: " << gradients.size() << " gradients for " << parameters_.size() << " parameters";
  for (size_t i = 0; i < gradients.size(); ++i) {
    Tensor& parameter = parameters_[i].mutable_value();
    DL_CHECK(gradients[i].shape() == parameter.shape())
        << "Optimizer::Step: gradient " << i << " is " << ToString(gradients[i].shape()) << ", its parameter is "
        << ToString(parameter.shape()) << "; they must be equal";
    DL_CHECK(parameter.dtype() == DType::kF32)
        << "Optimizer::Step: parameter " << i << " is " << ToString(parameter.dtype()) << "; parameters are f32";
    if (step_ == 0) parameter = InLayoutOf(parameter, gradients[i]);
    Update(i, step_, InLayoutOf(gradients[i], parameter), parameter);
    gradients[i] = Tensor();  // its memory serves the next step's
  }
  ++step_;
}

ParameterGroups::ParameterGroups(std::vector<std::unique_ptr<Optimizer>> groups)
    : Optimizer(AllParameters(groups)), groups_(std::move(groups)) {}

void ParameterGroups::Update(size_t index, int64_t step, const Tensor& gradient, Tensor& parameter) {
  size_t group = 0;
  while (index >= groups_[group]->parameters().size()) index -= groups_[group++]->parameters().size();
  groups_[group]->Update(index, step, gradient, parameter);
}

std::unique_ptr<Optimizer> Sgd(std::vector<Variable> parameters, const SgdOptions& options) {
  return MakeOptimizer(std::move(parameters), AddDecayedWeights{options.weight_decay},
                       Momentum{options.momentum, options.nesterov}, ScaleByLearningRate{options.rate});
}

std::unique_ptr<Optimizer> Adam(std::vector<Variable> parameters, const AdamOptions& options) {
  return MakeOptimizer(std::move(parameters), ScaleByAdam{options.beta1, options.beta2, options.epsilon},
                       AddDecayedWeights{options.weight_decay}, ScaleByLearningRate{options.rate});
}

}  // namespace dl
