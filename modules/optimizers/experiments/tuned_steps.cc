#include "modules/optimizers/experiments/tuned_steps.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace dl {
namespace {

// To tell arriving from passing by.
constexpr int64_t kStay = 200;

std::vector<double> NearestFirst(std::vector<double> rates, double first_try) {
  std::stable_sort(rates.begin(), rates.end(), [=](double a, double b) {
    return std::abs(std::log(a / first_try)) < std::abs(std::log(b / first_try));
  });
  return rates;
}

}  // namespace

absl::StatusOr<TunedSteps> FewestSteps(const Quadratic& f, const Tensor& start, const NamedOptimizer& optimizer,
                                       const TuningOptions& options) {
  TunedSteps best = {};
  bool all_diverged = true;
  for (double rate : NearestFirst(options.rates, options.first_try)) {
    const int64_t most_steps = best.steps ? *best.steps : options.most_steps;
    const auto descent = Descend(
        f, start,
        [&](std::vector<Variable> parameters) { return optimizer.make(std::move(parameters), Constant(rate)); },
        {.most_steps = most_steps + kStay, .until = options.tolerance, .stay = kStay});
    if (!descent.ok()) return descent.status();
    const std::vector<double>& distances = descent->distances;
    const int64_t steps = static_cast<int64_t>(distances.size()) - 1 - kStay;
    if (descent->diverged_at) {
      if (rate == options.rates.front()) best.diverged_at = descent->diverged_at;
      continue;
    }
    all_diverged = false;
    const bool arrived = std::all_of(distances.end() - std::min<int64_t>(kStay + 1, distances.size()), distances.end(),
                                     [&](double distance) { return distance <= options.tolerance; });
    if (!arrived || (best.steps == steps && rate > best.rate)) continue;
    best.rate = rate;
    best.steps = steps;
  }
  if (!all_diverged) best.diverged_at.reset();
  return best;
}

}  // namespace dl
