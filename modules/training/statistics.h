// What a handful of repeated runs says.
#ifndef MODULES_TRAINING_STATISTICS_H_
#define MODULES_TRAINING_STATISTICS_H_

#include "absl/types/span.h"

namespace dl {

// The arithmetic mean of at least one value.
double Mean(absl::Span<const double> values);

// The sample standard deviation, with n - 1 in the denominator; 0 for one value.
double StandardDeviation(absl::Span<const double> values);

// The slope of the line that fits the points (x, y) best, by least squares; two different x at least.
double Slope(absl::Span<const double> x, absl::Span<const double> y);

}  // namespace dl

#endif  // MODULES_TRAINING_STATISTICS_H_
