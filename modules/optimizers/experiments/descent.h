// Descents: walks of an optimizer down a surface.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_DESCENT_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_DESCENT_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/optimizers/experiments/surfaces.h"
#include "modules/optimizers/optimizer.h"

namespace dl {

using MakePointOptimizer = std::function<std::unique_ptr<Optimizer>(std::vector<Variable> parameters)>;
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

// The walk of a point that is a parameter of shape [1, 2]: a row, so that what is made for matrices has one. Cancelled
// on Ctrl-C.
absl::StatusOr<Walk> WalkDown(const Surface& surface, const MakePointOptimizer& make, const WalkOptions& options);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_DESCENT_H_
