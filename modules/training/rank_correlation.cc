#include "modules/training/rank_correlation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "modules/base/check.h"

namespace dl {
namespace {

// From 0, less their mean.
std::vector<double> CenteredRanks(absl::Span<const float> values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  const double middle = (static_cast<double>(values.size()) - 1) / 2;
  for (size_t first = 0, end = 0; first < order.size(); first = end) {
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    for (size_t i = first; i < end; ++i) ranks[order[i]] = static_cast<double>(first + end - 1) / 2 - middle;
  }
  return ranks;
}

}  // namespace

double RankCorrelation(absl::Span<const float> a, absl::Span<const float> b) {
  DL_CHECK(a.size() == b.size() && !a.empty()) << "RankCorrelation: of " << a.size() << " and " << b.size();
  const std::vector<double> x = CenteredRanks(a), y = CenteredRanks(b);
  const auto product = [](const auto& u, const auto& v) {
    return std::inner_product(u.begin(), u.end(), v.begin(), 0.0);
  };
  const double size = std::sqrt(product(x, x) * product(y, y));
  return size > 0 ? product(x, y) / size : 0;
}

}  // namespace dl
