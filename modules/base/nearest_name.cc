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

namespace {

std::string_view WithoutDashes(std::string_view name) {
  return name.substr(std::min(name.find_first_not_of('-'), name.size()));
}

// The member of `valid` that `name` was probably meant to be; null where none is near.
const std::string* Nearest(std::string_view name, const std::vector<std::string>& valid) {
  const std::string_view wanted = WithoutDashes(name);
  const std::string* nearest = nullptr;
  int least = 0;
  for (const std::string& candidate : valid) {
    const std::string_view known = WithoutDashes(candidate);
    if (!wanted.empty() && known.substr(0, wanted.size()) == wanted) return &candidate;
    const int distance = EditDistance(wanted, known);
    if (2 * distance > static_cast<int>(std::max(wanted.size(), known.size()))) continue;
    if (nearest == nullptr || distance < least) {
      nearest = &candidate;
      least = distance;
    }
  }
  return nearest;
}

}  // namespace

absl::Status UnknownName(std::string_view what, std::string_view name, const std::vector<std::string>& valid) {
  std::string message = "unknown " + std::string(what) + " '" + std::string(name) + "'";
  if (const std::string* nearest = Nearest(name, valid)) absl::StrAppend(&message, "; did you mean '", *nearest, "'?");
  absl::StrAppend(&message, "; valid: ", absl::StrJoin(valid, ", "));
  return absl::InvalidArgumentError(message);
}

}  // namespace dl
