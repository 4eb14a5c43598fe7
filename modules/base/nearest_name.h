// A misspelt name gets the nearest valid one.
#ifndef MODULES_BASE_NEAREST_NAME_H_
#define MODULES_BASE_NEAREST_NAME_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace dl {

// The least number of insertions, deletions and substitutions that turn `a` into `b` (Levenshtein).
int EditDistance(std::string_view a, std::string_view b);

// InvalidArgument: "unknown WHAT 'NAME'; did you mean 'NEAREST'? valid: A, B, C". NEAREST is the first
// name that NAME begins, else the one at the least distance; it is left out where nothing is near: where more than half
// of the longer name would have to change, not counting the dashes before a flag.
absl::Status UnknownName(std::string_view what, std::string_view name, const std::vector<std::string>& valid);

}  // namespace dl

#endif  // MODULES_BASE_NEAREST_NAME_H_
