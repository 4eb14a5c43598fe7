// The straight line through points, by least squares: how a law of powers is measured on logarithmic axes.
#ifndef MODULES_TRAINING_LINE_FIT_H_
#define MODULES_TRAINING_LINE_FIT_H_

#include "absl/types/span.h"

namespace dl {

struct Line {
  double slope, intercept;
};

// The line a x + b with the least Σ (a x + b - y)². x and y: as many of one as of the other, of x two different ones at
// least.
Line FitLine(absl::Span<const double> x, absl::Span<const double> y);

// The e of the law y = c xᵉ that fits best: the slope of log y against log x, which are positive.
double FitExponent(absl::Span<const double> x, absl::Span<const double> y);

}  // namespace dl

#endif  // MODULES_TRAINING_LINE_FIT_H_
