#include "modules/primitives/shape.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "modules/base/check.h"

namespace dl {

int64_t NumElements(const Shape& shape) {
  int64_t count = 1;
  for (int64_t extent : shape) count *= extent;
  return count;
}

std::string ToString(const Shape& shape) { return absl::StrCat("[", absl::StrJoin(shape, ", "), "]"); }

Shape BroadcastShape(const char* op, const Shape& a, const Shape& b) {
  Shape result(std::max(a.size(), b.size()));
  for (size_t back = 1; back <= result.size(); ++back) {
    const int64_t da = back <= a.size() ? a[a.size() - back] : 1;
    const int64_t db = back <= b.size() ? b[b.size() - back] : 1;
    DL_CHECK(da == db || da == 1 || db == 1) << op << ": shapes " << ToString(a) << " and " << ToString(b)
                                             << " do not broadcast; aligned at the last dimension, "
                                             << "extents must be equal or one of them 1";
    result[result.size() - back] = da == 1 ? db : da;
  }
  return result;
}

}  // namespace dl
