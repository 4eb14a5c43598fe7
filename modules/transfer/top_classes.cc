#include "modules/transfer/top_classes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace dl {

std::vector<int64_t> TopClasses(absl::Span<const float> scores, int64_t count) {
  const auto rank = [&](int64_t c) {
    return std::isnan(scores[c]) ? -std::numeric_limits<float>::infinity() : scores[c];
  };
  std::vector<int64_t> classes(scores.size());
  std::iota(classes.begin(), classes.end(), 0);
  std::stable_sort(classes.begin(), classes.end(), [&](int64_t a, int64_t b) { return rank(a) > rank(b); });
  classes.resize(std::min<size_t>(classes.size(), static_cast<size_t>(count)));
  return classes;
}

}  // namespace dl
