#include "modules/optimizers/experiments/tuned_steps.h"

#include <utility>

namespace dl {

absl::StatusOr<TunedSteps> FewestSteps(const Quadratic& f, const Tensor& start, const NamedOptimizer& optimizer,
                                       const TuningOptions& options) {
  TunedSteps best = {};
  bool all_diverged = true;
  int64_t most_steps = options.most_steps;
  for (double rate : options.rates) {
    const auto descent = Descend(
        f, start,
        [&](std::vector<Variable> parameters) { return optimizer.make(std::move(parameters), Constant(rate)); },
        {.until = options.tolerance, .most_steps = most_steps});
    if (!descent.ok()) return descent.status();
    const int64_t steps = static_cast<int64_t>(descent->distances.size()) - 1;
    if (descent->diverged_at) {
      if (rate == options.rates.front()) best.diverged_at = steps;
      continue;
    }
    all_diverged = false;
    if (descent->distances.back() > options.tolerance) continue;
    best.rate = rate;
    best.steps = steps;
    most_steps = steps - 1;
  }
  if (!all_diverged) best.diverged_at.reset();
  return best;
}

}  // namespace dl
