#include "modules/base/quoted.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace dl {

std::string Quoted(std::string_view text) {
  constexpr size_t kLongest = 100;
  const bool longer = text.size() > kLongest;
  const absl::string_view start(text.data(), longer ? kLongest : text.size());
  return absl::StrCat("'", absl::CEscape(start), longer ? "..." : "", "'");
}

}  // namespace dl
