// How many steps an optimizer needs at the rate that suits it best.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_TUNED_STEPS_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_TUNED_STEPS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/optimizers/experiments/quadratic.h"
#include "modules/optimizers/optimizer_by_name.h"

namespace dl {

struct TunedSteps {
  double rate;                         // the best one; 0 where none gets there
  std::optional<int64_t> steps;        // with it, until |x| / |start| is at most the tolerance, and stays so for a while
  std::optional<int64_t> diverged_at;  // where every rate diverges: the step at which the lowest one does
};

struct TuningOptions {
  std::vector<double> rates;  // ascending
  double tolerance;
  int64_t most_steps;
  double first_try = 1;  // the rates nearest to it come first: a good guess saves time and changes nothing
};

// Tries all rates from one start. One that has not arrived when the best so far had is given up: it would not win; of
// two that arrive together the lower one wins. Cancelled after Ctrl-C.
absl::StatusOr<TunedSteps> FewestSteps(const Quadratic& f, const Tensor& start, const NamedOptimizer& optimizer,
                                       const TuningOptions& options);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_TUNED_STEPS_H_
