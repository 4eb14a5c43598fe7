#include "modules/training/mcnemar.h"

#include <algorithm>
#include <cmath>

#include "modules/base/check.h"

namespace dl {
namespace {

constexpr int64_t kEnoughForChiSquare = 25;  // disagreements

// Twice the probability that at most `least` of `n` fair coins show heads, at most 1.
double BinomialPValue(int64_t least, int64_t n) {
  double coefficient = 1, sum = 0;  // n over i
  for (int64_t i = 0; i <= least; ++i) {
    sum += coefficient;
    coefficient *= static_cast<double>(n - i) / static_cast<double>(i + 1);
  }
  return std::min(1.0, 2 * std::ldexp(sum, -static_cast<int>(n)));
}

}  // namespace

McNemarResult McNemarTest(int64_t only_first, int64_t only_second) {
  DL_CHECK(only_first >= 0 && only_second >= 0) << "McNemarTest: counts are " << only_first << " and " << only_second;
  const int64_t n = only_first + only_second;
  const bool exact = n < kEnoughForChiSquare;
  const auto apart = static_cast<double>(std::max<int64_t>(0, std::abs(only_first - only_second) - 1));
  const double statistic = n == 0 ? 0 : apart * apart / static_cast<double>(n);
  const double p_value =
      exact ? BinomialPValue(std::min(only_first, only_second), n) : std::erfc(std::sqrt(statistic / 2));
  return {only_first, only_second, p_value, exact, statistic};
}

McNemarResult McNemarTest(const Predictions& first, const Predictions& second) {
  DL_CHECK(first.labels == second.labels) << "McNemarTest: the two were not asked the same examples";
  const std::vector<int64_t> a = PredictedClasses(first), b = PredictedClasses(second);
  int64_t only_first = 0, only_second = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    const int32_t label = first.labels[i];
    only_first += a[i] == label && b[i] != label;
    only_second += a[i] != label && b[i] == label;
  }
  return McNemarTest(only_first, only_second);
}

}  // namespace dl
