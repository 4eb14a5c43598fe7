#include "modules/training/rate_range.h"

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "modules/base/check.h"

namespace dl {
namespace {

// The end of the range in the direction of `step` (1 or -1) from rate i, which is in it; `open` if the search ends
// there.
double EndFrom(int64_t i, int64_t step, const std::vector<double>& rates, const std::vector<double>& losses,
               double limit, bool& open) {
  const int64_t count = static_cast<int64_t>(rates.size());
  while (i + step >= 0 && i + step < count && losses[i + step] <= limit) i += step;
  const int64_t next = i + step;
  open = next < 0 || next >= count;
  if (open || std::isnan(losses[next])) return rates[i];
  const double part = (limit - losses[i]) / (losses[next] - losses[i]);
  return rates[i] * std::pow(rates[next] / rates[i], part);
}

}  // namespace

double RateRange::Decades() const { return std::log10(high / low); }

std::optional<RateRange> RangeWithin(const std::vector<double>& rates, const std::vector<double>& losses,
                                     double limit) {
  DL_CHECK(rates.size() == losses.size())
      << "RangeWithin: " << rates.size() << " rates, " << losses.size() << " losses; there must be one each";
  std::optional<int64_t> best;
  for (size_t i = 0; i < losses.size(); ++i) {
    if (losses[i] <= limit && (!best || losses[i] < losses[*best])) best = static_cast<int64_t>(i);
  }
  if (!best) return std::nullopt;
  RateRange range;
  range.low = EndFrom(*best, -1, rates, losses, limit, range.open_low);
  range.high = EndFrom(*best, 1, rates, losses, limit, range.open_high);
  return range;
}

}  // namespace dl
