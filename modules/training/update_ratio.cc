#include "modules/training/update_ratio.h"

#include <algorithm>

#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/base/check.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/moments.h"

namespace dl {
namespace {

std::vector<Tensor> WeightsOf(const Optimizer& optimizer) {
  std::vector<Tensor> weights;
  for (const Variable& parameter : optimizer.parameters()) {
    if (parameter.value().rank() >= 2) weights.push_back(parameter.value());
  }
  return weights;
}

}  // namespace

std::vector<double> UpdateRatios(Layer& model, Optimizer& optimizer, const Batches& batches, int64_t steps) {
  DL_CHECK(steps >= 1 && steps <= batches.size()) << "UpdateRatios: " << steps << " steps of " << batches.size();
  Random noise(1);  // for dropout
  std::vector<double> ratios;
  for (int64_t step = 0; step < steps; ++step) {
    const Batch batch = batches[step];
    const std::vector<Tensor> before = WeightsOf(optimizer);
    const Variable logits = model.Forward(batch.inputs, {.training = true, .random = &noise});
    optimizer.Step(Gradients(CrossEntropy(logits, batch.labels), optimizer.parameters()));
    const std::vector<Tensor> after = WeightsOf(optimizer);
    ratios.resize(before.size());
    for (size_t i = 0; i < before.size(); ++i) {
      const double moved = EuclideanNorm(Subtract(after[i], before[i]));
      if (moved != 0) ratios[i] += moved / EuclideanNorm(before[i]) / static_cast<double>(steps);
    }
  }
  return ratios;
}

}  // namespace dl
