// Surfaces: functions of the plane on which the paths of optimizers can be looked at.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_SURFACES_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_SURFACES_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/backprop/scalar.h"

namespace dl {

struct Point {
  double x, y;
};

// What of the plane a picture shows.
struct Window {
  double left, right, bottom, top;
};

struct Surface {
  std::string name;                         // "rosenbrock"
  std::function<double(Point)> value;       // f
  std::function<Scalar(Scalar, Scalar)> f;  // the same, recorded on a tape
  Point start;                              // where a race begins
  std::vector<Point> minimisers;            // all places where f is `minimum`, and there is no lower one
  double minimum;
  Window window;

  // The derivatives of f at p, by the scalar engine.
  Point Gradient(Point p) const;
};

// ½ (u² + κ v²) where (u, v) is (x, y) turned back by `degrees`, from (-4, 1.5) turned alike: a bowl of condition
// number κ > 0. 0° and κ = 1 is "bowl", else the name is "valley_κ".
Surface Valley(double condition_number, double degrees = 0);

// "bowl", "valley_10", ..., "rosenbrock", ...: from the easy to the hard.
std::vector<std::string> SurfaceNames();

// The surfaces of these names, in their order; all of them for the one name "all". InvalidArgument on an unknown name,
// which lists the valid ones, on one named twice, and on none.
absl::StatusOr<std::vector<Surface>> ParseSurfaces(const std::vector<std::string>& names);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_SURFACES_H_
