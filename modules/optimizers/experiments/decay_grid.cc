#include "modules/optimizers/experiments/decay_grid.h"

#include <limits>
#include <map>
#include <utility>

#include "modules/training/line_fit.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr double kUsable = 1.5;  // a rate that leaves more than so many times the lowest error says nothing of decay

}  // namespace

std::vector<double> DecayTrial::Of(double DecayOutcome::*what) const {
  std::vector<double> values;
  for (const DecayOutcome& outcome : outcomes) values.push_back(outcome.*what);
  return values;
}

const DecayTrial* BestTrial(const std::vector<DecayTrial>& grid, bool plain) {
  const DecayTrial* best = nullptr;
  double lowest = std::numeric_limits<double>::infinity();
  for (const DecayTrial& trial : grid) {
    if (trial.outcomes.empty() || (plain && trial.decay != 0)) continue;
    const double error = Mean(trial.Of(&DecayOutcome::validation_error));
    if (error >= lowest) continue;
    best = &trial;
    lowest = error;
  }
  return best;
}

std::vector<double> DecaySlopes(const std::vector<DecayTrial>& grid) {
  std::vector<double> slopes;
  const DecayTrial* best = BestTrial(grid);
  if (best == nullptr) return slopes;
  const double limit = kUsable * Mean(best->Of(&DecayOutcome::validation_error));
  for (size_t s = 0; s < best->outcomes.size(); ++s) {
    std::map<double, std::pair<double, double>> of_rates;  // rate → the lowest error, its decay
    for (const DecayTrial& trial : grid) {
      if (trial.outcomes.empty() || trial.decay == 0) continue;
      const double error = trial.outcomes[s].validation_error;
      if (error > limit) continue;
      const auto found = of_rates.try_emplace(trial.rate, error, trial.decay).first;
      if (error < found->second.first) found->second = {error, trial.decay};
    }
    std::vector<double> rates, decays;
    for (const auto& [rate, lowest] : of_rates) {
      rates.push_back(rate);
      decays.push_back(lowest.second);
    }
    if (rates.size() >= 2) slopes.push_back(FitExponent(rates, decays));
  }
  return slopes;
}

}  // namespace dl
