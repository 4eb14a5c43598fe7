#include "modules/optimizers/experiments/descent.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "modules/base/check.h"

namespace dl {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kFar = 1e6;
constexpr int kLowestDecade = -5, kHighestDecade = 4;

Tensor Row(Point p, DType dtype) {
  Tensor row({1, 2}, dtype);
  if (dtype == DType::kF64) {
    row.mutable_data_f64()[0] = p.x;
    row.mutable_data_f64()[1] = p.y;
  } else {
    row.mutable_data()[0] = static_cast<float>(p.x);
    row.mutable_data()[1] = static_cast<float>(p.y);
  }
  return row;
}

Point PointOf(const Tensor& row) {
  if (row.dtype() == DType::kF64) return {row.data_f64()[0], row.data_f64()[1]};
  return {row.data()[0], row.data()[1]};
}

// Whether `a` is a better outcome than `b`; see BestWalk.
bool IsBetter(const RatedWalk& a, const RatedWalk& b) {
  const auto rank = [](const RatedWalk& rated) {  // less is better
    const Walk& walk = rated.walk;
    const int64_t count = rated.steps ? *rated.steps : walk.diverged ? -walk.steps() : 0;
    return std::tuple(!rated.steps, walk.diverged, count, walk.SettledValue());
  };
  return rank(a) < rank(b);
}

}  // namespace

double Walk::SettledValue() const {
  if (diverged) return kInfinity;
  const int64_t rest = steps() / 10;
  double highest = -kInfinity;
  for (auto value = values.end() - 1 - rest; value != values.end(); ++value) {
    if (std::isnan(*value)) return kInfinity;
    highest = std::max(highest, *value);
  }
  return highest;
}

std::optional<int64_t> Walk::StepsTo(double level) const {
  if (!(SettledValue() <= level) || diverged) return std::nullopt;
  const auto above = std::find_if(values.rbegin(), values.rend(), [level](double value) { return !(value <= level); });
  return values.rend() - above;
}

// [walk]
Walk WalkDown(const Surface& surface, const MakePointOptimizer& make, const WalkOptions& options) {
  Variable point = Row(options.start, options.dtype);
  const std::unique_ptr<Optimizer> optimizer = make({point});
  const GradientFunction gradient = [&] {
    return std::vector<Tensor>{Row(surface.Gradient(PointOf(point.value())), options.dtype)};
  };
  Walk walk;
  for (int64_t step = 0;; ++step) {
    const Point p = PointOf(point.value());
    walk.points.push_back(p);
    walk.values.push_back(surface.value(p));
    walk.diverged = !(std::abs(p.x) <= kFar && std::abs(p.y) <= kFar);
    const bool lost = step >= options.deadline && walk.values.back() > options.level;
    if (step == options.steps || walk.diverged || lost) return walk;
    optimizer->StepWith(gradient);
  }
}
// [/walk]

RatedWalk BestWalk(const Surface& surface, const MakeRatedPointOptimizer& make, const std::vector<double>& rates,
                   const WalkOptions& options) {
  DL_CHECK(!rates.empty()) << "BestWalk: no rates";
  std::optional<RatedWalk> best;
  for (const double rate : rates) {
    WalkOptions race = options;
    if (best && best->steps) race.deadline = *best->steps;
    RatedWalk rated = {rate, {}, {}};
    rated.walk = WalkDown(
        surface, [&](std::vector<Variable> p) { return make(std::move(p), Constant(rate)); }, race);
    rated.steps = rated.walk.StepsTo(options.level);
    if (!best || IsBetter(rated, *best)) best = std::move(rated);
  }
  return *std::move(best);
}

std::vector<double> RateLadder(int64_t per_decade) {
  std::vector<double> rates;
  for (int64_t i = kLowestDecade * per_decade; i <= kHighestDecade * per_decade; ++i) {
    const double rate = std::pow(10.0, static_cast<double>(i) / static_cast<double>(per_decade));
    const double digit = std::pow(10.0, std::floor(std::log10(rate) + 1e-9) - 1);  // the second one's worth
    rates.push_back(std::round(rate / digit) * digit);
  }
  return rates;
}

}  // namespace dl
