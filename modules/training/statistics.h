// What a handful of repeated runs says.
#ifndef MODULES_TRAINING_STATISTICS_H_
#define MODULES_TRAINING_STATISTICS_H_

#include "absl/types/span.h"

namespace dl {

// The arithmetic mean of at least one value.
double Mean(absl::Span<const double> values);

// The sample standard deviation, with n - 1 in the denominator; 0 for one value.
double StandardDeviation(absl::Span<const double> values);

}  // namespace dl

#endif  // MODULES_TRAINING_STATISTICS_H_
