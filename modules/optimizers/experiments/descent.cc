#include "modules/optimizers/experiments/descent.h"

#include <algorithm>
#include <cmath>

#include "modules/training/interrupt.h"

namespace dl {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kFar = 1e6;

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
absl::StatusOr<Walk> WalkDown(const Surface& surface, const MakePointOptimizer& make, const WalkOptions& options) {
  Variable point = Row(options.start, options.dtype);
  const std::unique_ptr<Optimizer> optimizer = make({point});
  const GradientFunction gradient = [&] {
    return std::vector<Tensor>{Row(surface.Gradient(PointOf(point.value())), options.dtype)};
  };
  Walk walk;
  for (int64_t step = 0;; ++step) {
    if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
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

}  // namespace dl
