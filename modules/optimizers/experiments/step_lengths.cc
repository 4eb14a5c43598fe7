#include "modules/optimizers/experiments/step_lengths.h"

#include <cmath>

#include "modules/optimizers/optimizer.h"

namespace dl {
namespace {

// Adam's steps at rate 1.
std::vector<double> Steps(const ScaleByAdam& adam, const std::vector<double>& gradients) {
  Variable p(Tensor::Zeros({1}, DType::kF64));
  const auto optimizer = MakeOptimizer({p}, adam, ScaleByLearningRate{Constant(1)});
  std::vector<double> steps;
  for (double gradient : gradients) {
    const double before = p.value().item();
    optimizer->Step({Tensor::Full({1}, gradient, DType::kF64)});
    steps.push_back(p.value().item() - before);
  }
  return steps;
}

}  // namespace

std::vector<double> MeasureStepRatios(double beta1, double beta2, const std::vector<double>& gradients) {
  const std::vector<double> with = Steps({.beta1 = beta1, .beta2 = beta2}, gradients);
  const std::vector<double> without = Steps({.beta1 = beta1, .beta2 = beta2, .corrected = false}, gradients);
  std::vector<double> ratios;
  for (size_t i = 0; i < with.size(); ++i) ratios.push_back(std::abs(without[i] / with[i]));
  return ratios;
}

double StepRatio(double beta1, double beta2, int64_t t) {
  const double n = static_cast<double>(t);
  return (1 - std::pow(beta1, n)) / std::sqrt(1 - std::pow(beta2, n));
}

}  // namespace dl
