#include "modules/training/line_fit.h"

#include <cmath>
#include <vector>

#include "modules/base/check.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

std::vector<double> Logarithms(absl::Span<const double> values) {
  std::vector<double> logarithms;
  for (double value : values) {
    DL_CHECK(value > 0) << "FitExponent: " << value << " has no logarithm";
    logarithms.push_back(std::log(value));
  }
  return logarithms;
}

}  // namespace

Line FitLine(absl::Span<const double> x, absl::Span<const double> y) {
  DL_CHECK(x.size() == y.size()) << "FitLine: " << x.size() << " x for " << y.size() << " y";
  const double x_mean = Mean(x), y_mean = Mean(y);
  double xx = 0, xy = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - x_mean) * (x[i] - x_mean);
    xy += (x[i] - x_mean) * (y[i] - y[0]);  // y_mean would do; of equal y, this makes exactly 0
  }
  DL_CHECK(xx > 0) << "FitLine: all x are " << x[0];
  return {xy / xx, y_mean - xy / xx * x_mean};
}

double FitExponent(absl::Span<const double> x, absl::Span<const double> y) {
  return FitLine(Logarithms(x), Logarithms(y)).slope;
}

}  // namespace dl
