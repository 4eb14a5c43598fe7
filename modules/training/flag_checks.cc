#include "modules/training/flag_checks.h"

#include <algorithm>
#include <set>

#include "modules/base/nearest_name.h"

namespace dl {

absl::Status FirstError(std::initializer_list<absl::Status> statuses) {
  absl::Status first;
  for (const absl::Status& status : statuses) first.Update(status);
  return first;
}

absl::Status WantsSeeds(const std::vector<uint64_t>& seeds) {
  if (seeds.empty()) return internal::Refusal("seeds", "at least one seed");
  std::set<uint64_t> seen;
  for (const uint64_t seed : seeds) {
    if (!seen.insert(seed).second)
      return internal::Refusal("seeds", absl::StrCat("each seed once, not ", seed, " twice"));
  }
  return absl::OkStatus();
}

absl::Status WantsKnown(std::string_view what, const std::vector<std::string>& names,
                        const std::vector<std::string>& valid) {
  for (const std::string& name : names) {
    if (std::find(valid.begin(), valid.end(), name) == valid.end()) return UnknownName(what, name, valid);
  }
  return absl::OkStatus();
}

absl::Status WantsOdd(std::string_view flag, int64_t value) {
  if (value % 2 != 0) return absl::OkStatus();
  return internal::Refusal(flag, absl::StrCat("an odd number, not ", value));
}

absl::Status internal::Refusal(std::string_view flag, std::string_view wish) {
  return absl::InvalidArgumentError("flag --" + std::string(flag) + " wants " + std::string(wish));
}

}  // namespace dl
