#include "modules/optimizers/experiments/surfaces.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/backprop/scalar_ops.h"
#include "modules/base/check.h"
#include "modules/base/nearest_name.h"

namespace dl {
namespace {

constexpr double kPi = std::numbers::pi;

double Cos(double x) { return std::cos(x); }

template <typename T>
T Square(T x) {
  return x * x;
}

// A surface of a function that takes two Scalars as well as two plain numbers.
template <typename F>
Surface SurfaceOf(std::string name, F f, Point start, std::vector<Point> minimisers, double minimum, Window window) {
  return {std::move(name), [f](Point p) { return f(p.x, p.y); }, f, start, std::move(minimisers), minimum, window};
}

// The example of d2l.ai's chapters on momentum, AdaGrad and RMSProp.
Surface D2l() {
  const auto f = [](auto x, auto y) { return 0.1 * Square(x) + 2 * Square(y); };
  return SurfaceOf("d2l", f, {-5, -2}, {{0, 0}}, 0, {-6, 6, -3, 3});
}

// Two valleys side by side, (0, -1) and (0, 1), and between them a saddle at (0, 0); the start is all but on the ridge
// that leads to it. (x² - y² itself has no minimum to arrive at: whoever takes the longest step leaves it first.)
Surface Saddle() {
  const auto f = [](auto x, auto y) { return 0.5 * Square(x) + 0.25 * Square(Square(y)) - 0.5 * Square(y); };
  return SurfaceOf("saddle", f, {-1.5, 1e-3}, {{0, -1}, {0, 1}}, -0.25, {-2, 2, -1.6, 1.6});
}

// Rosenbrock (1960), from his start: a bent valley, 2,500 times as steep across as along.
Surface Rosenbrock() {
  const auto f = [](auto x, auto y) { return Square(1 - x) + 100 * Square(y - Square(x)); };
  return SurfaceOf("rosenbrock", f, {-1.2, 1}, {{1, 1}}, 0, {-2, 2, -1, 3});
}

// Beale (1958): a plain with steep walls.
Surface Beale() {
  const auto f = [](auto x, auto y) {
    return Square(1.5 - x + x * y) + Square(2.25 - x + x * Square(y)) + Square(2.625 - x + x * Square(y) * y);
  };
  return SurfaceOf("beale", f, {-1.5, -1.5}, {{3, 0.5}}, 0, {-4.5, 4.5, -4.5, 4.5});
}

// Himmelblau (1972): four minima, all alike; the start is near the maximum between them, (-0.270845, -0.923039).
Surface Himmelblau() {
  const auto f = [](auto x, auto y) { return Square(Square(x) + y - 11) + Square(x + Square(y) - 7); };
  return SurfaceOf("himmelblau", f, {-0.5, -1},
                   {{3, 2},
                    {-2.805118086952745, 3.131312518250573},
                    {-3.779310253377747, -3.283185991286170},
                    {3.584428340330492, -1.848126526964404}},
                   0, {-5.5, 5.5, -5.5, 5.5});
}

// Branin (1972), with the constants of Dixon & Szegő (1978): three minima, all alike.
Surface Branin() {
  const auto f = [](auto x, auto y) {
    return Square(y - 5.1 / (4 * kPi * kPi) * Square(x) + 5 / kPi * x - 6) + 10 * (1 - 1 / (8 * kPi)) * Cos(x) + 10;
  };
  return SurfaceOf("branin", f, {2, 13}, {{-kPi, 12.275}, {kPi, 2.275}, {3 * kPi, 2.475}}, 1.25 / kPi,
                   {-5, 11, -1, 15});
}

// Rastrigin (1974): a local minimum near each point of whole numbers. The start is that of pytorch-optimizer's
// pictures.
Surface Rastrigin() {
  const auto term = [](auto x) { return Square(x) - 10 * Cos(2 * kPi * x); };
  const auto f = [term](auto x, auto y) { return term(x) + term(y) + 20.0; };
  return SurfaceOf("rastrigin", f, {-2, 3.5}, {{0, 0}}, 0, {-4.5, 4.5, -4.5, 4.5});
}

const std::vector<Surface>& Surfaces() {
  static const auto* surfaces =
      new std::vector<Surface>{Valley(1),    Valley(10), D2l(),        Valley(100), Valley(1000), Saddle(),
                               Rosenbrock(), Beale(),    Himmelblau(), Branin(),    Rastrigin()};
  return *surfaces;
}

}  // namespace

Point Surface::Gradient(Point p) const {
  static thread_local Tape tape;  // its memory serves the next call's
  tape.Rewind(0);
  const Scalar x = tape.Leaf(p.x), y = tape.Leaf(p.y);
  const ScalarGradients gradients = tape.Gradients(f(x, y));
  return {gradients[x], gradients[y]};
}

Surface Valley(double condition_number, double degrees) {
  DL_CHECK(condition_number > 0) << "Valley: the condition number is " << condition_number << "; it must be positive";
  // Exact at the right angle, where a surface is to be the mirror image of itself.
  const double c = degrees == 90 ? 0 : std::cos(degrees * kPi / 180), s = std::sin(degrees * kPi / 180);
  const auto f = [=](auto x, auto y) {
    return 0.5 * Square(c * x + s * y) + 0.5 * condition_number * Square(c * y - s * x);
  };
  constexpr Point kStart = {-4, 1.5};
  const std::string name = condition_number == 1 && degrees == 0 ? "bowl" : absl::StrCat("valley_", condition_number);
  return SurfaceOf(name, f, {c * kStart.x - s * kStart.y, s * kStart.x + c * kStart.y}, {{0, 0}}, 0,
                   {-5, 5, -2.5, 2.5});
}

std::vector<std::string> SurfaceNames() {
  std::vector<std::string> names;
  for (const Surface& surface : Surfaces()) names.push_back(surface.name);
  return names;
}

absl::StatusOr<std::vector<Surface>> ParseSurfaces(const std::vector<std::string>& names) {
  if (names == std::vector<std::string>{"all"}) return Surfaces();
  if (names.empty()) return absl::InvalidArgumentError("flag --function wants one name at least, or all");
  std::vector<Surface> surfaces;
  for (const std::string& name : names) {
    if (std::count(names.begin(), names.end(), name) > 1) {
      return absl::InvalidArgumentError(absl::StrCat("flag --function names ", name, " twice"));
    }
    if (name == "all") return absl::InvalidArgumentError("flag --function wants all, or names, not both");
    const auto found =
        std::find_if(Surfaces().begin(), Surfaces().end(), [&](const Surface& known) { return known.name == name; });
    if (found == Surfaces().end()) {
      std::vector<std::string> valid = SurfaceNames();
      valid.push_back("all");
      return UnknownName("function", name, valid);
    }
    surfaces.push_back(*found);
  }
  return surfaces;
}

}  // namespace dl
