// Whole files, in and out.
#ifndef TOOLS_RESULTS_FILE_H_
#define TOOLS_RESULTS_FILE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace dl {

// The bytes of the file at `path`. NotFound where it cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Makes `text` the content of the file at `path`. PermissionDenied where it cannot be opened, ResourceExhausted where
// it cannot be written in full.
absl::Status WriteFile(const std::string& path, std::string_view text);

}  // namespace dl

#endif  // TOOLS_RESULTS_FILE_H_
