// Whole files in and out, with the world's failures as a Status.
#ifndef MODULES_BASE_FILE_H_
#define MODULES_BASE_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace dl {

// `path` as the user who typed it means it: `bazel run` starts a program in a folder of its own, so a relative path is
// taken below $BUILD_WORKING_DIRECTORY where that is set.
std::string UserPath(const std::string& path);

// The bytes of the file at `path`. NotFound where it cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Makes `bytes` the content of the file at `path`, whole or not at all, even if the machine stops meanwhile: they go to
// a temporary file beside it, which is renamed once it is on the disk. ResourceExhausted where the disk is full, else
// PermissionDenied; both name the file.
absl::Status WriteFile(const std::string& path, std::string_view bytes);

// The same of `pieces`, one after the other.
absl::Status WriteFile(const std::string& path, const std::vector<std::string_view>& pieces);

// Puts the file at `from`, of the same folder, in the place of `to`, whole or not at all, even if the machine stops
// meanwhile. Errors as of WriteFile.
absl::Status ReplaceFile(const std::string& from, const std::string& to);

// The failure to write the file at `path` for the reason `error`, an errno: what WriteFile returns.
absl::Status CannotWrite(const std::string& path, int error);

// Makes the folder at `path` and those above it, where they do not exist yet. Errors as of WriteFile.
absl::Status MakeFolder(const std::string& path);

}  // namespace dl

#endif  // MODULES_BASE_FILE_H_
