// How forgiving a learning rate is: how far it may be off before the loss suffers.
#ifndef MODULES_TRAINING_RATE_RANGE_H_
#define MODULES_TRAINING_RATE_RANGE_H_

#include <optional>
#include <vector>

namespace dl {

struct RateRange {
  double low, high;          // the first and the last rate whose loss is within the limit
  bool open_low, open_high;  // the search ended there: the range may go on

  double Decades() const;  // its width, log10(high / low)
};

// The range around the best of `rates`, which ascend, where the loss is at most `limit`. losses: one a rate, NaN where
// training diverged. Between a loss within the limit and one beyond it, the end is found on the straight line between
// the two over log(rate); beside a rate that diverged it is the last one that did not. None where no loss is within.
std::optional<RateRange> RangeWithin(const std::vector<double>& rates, const std::vector<double>& losses, double limit);

}  // namespace dl

#endif  // MODULES_TRAINING_RATE_RANGE_H_
