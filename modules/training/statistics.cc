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

}  // namespace dl
