// The labels that stand beside a matrix of features, one for each row.
#ifndef MODULES_TRANSFER_FEATURE_LABELS_H_
#define MODULES_TRANSFER_FEATURE_LABELS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace dl {

// One more than the largest label. The program stops, `caller` beginning its message, unless there are `rows` labels of
// 0 or more.
int64_t ClassCount(const char* caller, int64_t rows, absl::Span<const int32_t> labels);

// How many rows have each of the labels 0, ..., classes - 1; labels are as ClassCount allows them.
std::vector<int64_t> RowsOfClasses(absl::Span<const int32_t> labels, int64_t classes);

}  // namespace dl

#endif  // MODULES_TRANSFER_FEATURE_LABELS_H_
