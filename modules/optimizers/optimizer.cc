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

void CheckFits(size_t i, const Tensor& gradient, const Tensor& parameter) {
  DL_CHECK(gradient.shape() == parameter.shape())
      << "Optimizer::Step: gradient " << i << " is " << ToString(gradient.shape()) << ", its parameter is "
      << ToString(parameter.shape()) << "; they must be equal";
  DL_CHECK(parameter.dtype() != DType::kBF16)
      << "Optimizer::Step: parameter " << i << " is bf16; parameters are f32 or f64";
  DL_CHECK(gradient.dtype() == parameter.dtype())
      << "Optimizer::Step: gradient " << i << " is " << ToString(gradient.dtype()) << ", its parameter is "
      << ToString(parameter.dtype()) << "; they must be equal";
}

}  // namespace

void Optimizer::Step(std::vector<Tensor> gradients) {
  DL_CHECK(gradients.size() == parameters_.size())
      << "Optimizer::Step: " << gradients.size() << " gradients for " << parameters_.size() << " parameters";
  for (size_t i = 0; i < gradients.size(); ++i) {
    Tensor& parameter = parameters_[i].mutable_value();
    CheckFits(i, gradients[i], parameter);
    if (step_ == 0) parameter = InLayoutOf(parameter, gradients[i]);
    gradients[i] = InLayoutOf(gradients[i], parameter);
  }
  Apply(std::move(gradients));
  ++step_;
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
