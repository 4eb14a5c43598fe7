#include "modules/base/nearest_name.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace dl {

int EditDistance(std::string_view a, std::string_view b) {
  std::vector<int> row(b.size() + 1);  // distances from a's prefix to every prefix of b
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i) + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      const int substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

absl::Status UnknownName(std::string_view what, std::string_view name, const std::vector<std::string>& valid) {
  std::string message = "unknown " + std::string(what) + " '" + std::string(name) + "'";
  const auto nearest = std::min_element(valid.begin(), valid.end(), [&](const auto& a, const auto& b) {
    return EditDistance(name, a) < EditDistance(name, b);
  });
  if (nearest != valid.end() &&
      2 * EditDistance(name, *nearest) <= static_cast<int>(std::max(name.size(), nearest->size()))) {
    absl::StrAppend(&message, "; did you mean '", *nearest, "'?");
  }
  absl::StrAppend(&message, "; valid: ", absl::StrJoin(valid, ", "));
  return absl::InvalidArgumentError(message);
}

}  // namespace dl
