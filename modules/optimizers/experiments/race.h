// A race: every optimizer walks down a surface at its own best rate, which is searched for alike for all.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_RACE_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_RACE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/base/flags.h"
#include "modules/optimizers/experiments/descent.h"

namespace dl {

// What NamedOptimizer::make is.
using MakeRatedOptimizerOf = std::function<std::unique_ptr<Optimizer>(std::vector<Variable> parameters, Schedule rate)>;

struct RatedWalk {
  double rate;
  Walk walk;
  std::optional<int64_t> steps;  // until it arrived, if it did
};

// The rules, which are flags of the experiments that race.
struct Race {
  int64_t rates_per_decade = 6;
  int64_t steps = 5000;     // of each walk
  double tolerance = 1e-4;  // a walk has arrived from when on f stays so close to the surface's minimum

  void AddFlags(FlagSet& flags);
  absl::Status CheckFlags() const;

  // `rates_per_decade` rates from 1e-5 to 1e-4, and so on up to 1e4, at equal ratios but for the rounding to two
  // digits.
  std::vector<double> Rates() const;

  // The best of the walks from the surface's start at each of these rates, at least one: the one of the fewest steps to
  // arrive; if none does, the one that settles lowest; if all diverge, the last to do so. A tie goes to the one that
  // settles lower. Walks that can no longer win are cut short. Cancelled on Ctrl-C.
  absl::StatusOr<RatedWalk> Best(const Surface& surface, const MakeRatedOptimizerOf& make,
                                 const std::vector<double>& rates) const;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_RACE_H_
