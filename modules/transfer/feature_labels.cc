#include "modules/transfer/feature_labels.h"

#include <algorithm>

#include "modules/base/check.h"

namespace dl {

int64_t ClassCount(const char* caller, int64_t rows, absl::Span<const int32_t> labels) {
  DL_CHECK(static_cast<int64_t>(labels.size()) == rows)
      << caller << ": " << labels.size() << " labels for " << rows << " examples";
  int32_t largest = -1;
  for (const int32_t label : labels) {
    DL_CHECK(label >= 0) << caller << ": a label is " << label;
    largest = std::max(largest, label);
  }
  return int64_t{largest} + 1;
}

std::vector<int64_t> RowsOfClasses(absl::Span<const int32_t> labels, int64_t classes) {
  std::vector<int64_t> rows(classes);
  for (const int32_t label : labels) ++rows[label];
  return rows;
}

}  // namespace dl
