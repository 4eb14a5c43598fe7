// Regions: the stretches of a source file that a chapter may show.
//
//   // [softmax]
//   ...
//   // [/softmax]
#ifndef TOOLS_REPORT_REGION_H_
#define TOOLS_REPORT_REGION_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace dl {

// The lines between the line "// [tag]" and the line "// [/tag]" of `source` ("#" in place of "//" in Python, Bazel and
// shell), with their common indentation removed, without the tag lines of other regions. Regions may nest and overlap.
// NotFound where the region is missing, does not end, or is empty.
absl::StatusOr<std::string> ExtractRegion(std::string_view source, std::string_view tag);

}  // namespace dl

#endif  // TOOLS_REPORT_REGION_H_
