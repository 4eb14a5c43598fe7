#include "modules/training/statistics.h"

#include <cmath>

#include "modules/base/check.h"

namespace dl {

double Mean(absl::Span<const double> values) {
  DL_CHECK(!values.empty()) << "Mean: no values";
  double sum = 0;
  for (double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double StandardDeviation(absl::Span<const double> values) {
  const double mean = Mean(values);
  if (values.size() == 1) return 0;
  double square = 0;
  for (double value : values) square += (value - mean) * (value - mean);
  return std::sqrt(square / static_cast<double>(values.size() - 1));
}

double Slope(absl::Span<const double> x, absl::Span<const double> y) {
  DL_CHECK(x.size() == y.size()) << "Slope: " << x.size() << " x and " << y.size() << " y";
  const double x_mean = Mean(x), y_mean = Mean(y);
  double together = 0, square = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    together += (x[i] - x_mean) * (y[i] - y_mean);
    square += (x[i] - x_mean) * (x[i] - x_mean);
  }
  DL_CHECK(square > 0) << "Slope: all x are " << x_mean;
  return together / square;
}

}  // namespace dl
