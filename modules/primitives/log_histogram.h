// A histogram of sizes: how many of a tensor's elements lie in each decade, whatever their sign.
#ifndef MODULES_PRIMITIVES_LOG_HISTOGRAM_H_
#define MODULES_PRIMITIVES_LOG_HISTOGRAM_H_

#include <vector>

#include "modules/primitives/tensor.h"

namespace dl {

struct LogHistogramOptions {
  int low = -8, high = 8;  // from 10^low to 10^high; what is smaller or larger falls into the first or the last bin
  int per_decade = 4;      // bins
};

struct LogHistogram {
  std::vector<double> centres;  // log10 of the middle of each bin
  std::vector<double> shares;   // of all elements
  double zeros = 0;             // share of elements that are 0, or no number: they are in no bin
};

// Of |x|, x plain f32 of at least one element.
LogHistogram LogHistogramOf(const Tensor& x, const LogHistogramOptions& options = {});

}  // namespace dl

#endif  // MODULES_PRIMITIVES_LOG_HISTOGRAM_H_
