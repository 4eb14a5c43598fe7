#include "modules/primitives/log_histogram.h"

#include <algorithm>
#include <cmath>

#include "modules/base/check.h"

namespace dl {

LogHistogram LogHistogramOf(const Tensor& x, const LogHistogramOptions& options) {
  DL_CHECK(x.size() > 0 && options.low < options.high && options.per_decade > 0)
      << "LogHistogramOf: " << ToString(x.shape()) << " from 10^" << options.low << " to 10^" << options.high << ", "
      << options.per_decade << " bins a decade";
  const int bins = (options.high - options.low) * options.per_decade;
  LogHistogram histogram;
  histogram.shares.resize(bins);  // at first counts
  for (int i = 0; i < bins; ++i) histogram.centres.push_back(options.low + (i + 0.5) / options.per_decade);
  for (float value : x.values()) {
    if (value == 0 || std::isnan(value)) {
      ++histogram.zeros;
      continue;
    }
    const double place = (std::log10(std::abs(double{value})) - options.low) * options.per_decade;
    ++histogram.shares[static_cast<int>(std::clamp(place, 0.0, bins - 1.0))];
  }
  const double n = static_cast<double>(x.size());
  histogram.zeros /= n;
  for (double& share : histogram.shares) share /= n;
  return histogram;
}

}  // namespace dl
