// Descents: walks of an optimizer down a surface, and the search for the rate that it walks best at.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_DESCENT_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_DESCENT_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "modules/optimizers/experiments/surfaces.h"
#include "modules/optimizers/optimizer.h"

namespace dl {

using MakePointOptimizer = std::function<std::unique_ptr<Optimizer>(std::vector<Variable> parameters)>;
using MakeRatedPointOptimizer =
    std::function<std::unique_ptr<Optimizer>(std::vector<Variable> parameters, Schedule rate)>;

struct WalkOptions {
  Point start;
  int64_t steps;
  DType dtype = DType::kF64;  // of the point and of all that the optimizer keeps
  // A walk ends early where it stands above the level after so many steps: it has lost a race to the level.
  double level = std::numeric_limits<double>::infinity();
  int64_t deadline = std::numeric_limits<int64_t>::max();
};

struct Walk {
  std::vector<Point> points;   // the start, and where each step led
  std::vector<double> values;  // f there
  bool diverged = false;       // the last point is not finite, or more than 1e6 from the origin along an axis

  int64_t steps() const { return static_cast<int64_t>(values.size()) - 1; }

  // The highest f of the last tenth of the walk, its end included; infinity if it diverged or is not a number there.
  double SettledValue() const;

  // The first step from which on f stays at most `level`; nothing unless SettledValue() does, lest one that jumps about
  // arrives by chance.
  std::optional<int64_t> StepsTo(double level) const;
};

// The walk of a point that is a parameter of shape [1, 2]: a row, so that what is made for matrices has one.
Walk WalkDown(const Surface& surface, const MakePointOptimizer& make, const WalkOptions& options);

struct RatedWalk {
  double rate;
  Walk walk;
  std::optional<int64_t> steps;  // to the level
};

// The best of the walks at each of these rates, at least one: the one of the fewest steps to options.level; if none
// gets there, the one that settles lowest; if all diverge, the last to do so. A tie goes to the lower SettledValue().
// Walks that can no longer win are cut short, so options.deadline is not to be set.
RatedWalk BestWalk(const Surface& surface, const MakeRatedPointOptimizer& make, const std::vector<double>& rates,
                   const WalkOptions& options);

// `per_decade` rates from 1e-5 to 1e-4, and so on up to 1e4, at equal ratios but for the rounding to two digits.
std::vector<double> RateLadder(int64_t per_decade);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_DESCENT_H_
