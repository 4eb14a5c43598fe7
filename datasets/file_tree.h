// The files of a folder or of an archive that holds one (.tar, .tar.gz, .zip), read alike; nothing is unpacked to disk.
#ifndef DATASETS_FILE_TREE_H_
#define DATASETS_FILE_TREE_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace dl {

// How deep folders below a path are looked into: deep enough for WRAPPER/train/CLASS/FILE, and for no circle of links.
inline constexpr int kDeepestFolder = 4;

// The files below `path`, a folder or an archive, in order of their names, which are relative to it: "train/cat/1.jpg".
// NotFound where `path` is not there or cannot be read; DataLoss where it is a file but no sound archive, or an archive
// that holds two files of one name.
absl::StatusOr<std::vector<std::string>> ListFiles(const std::string& path);

// Reads the named files and gives the bytes of files[i], at most 1 GiB, to visit(i, bytes): in the order in which they
// come cheapest, each once. Stops at the first failure, visit's own included; errors as of ListFiles, NotFound also
// where a file is missing.
absl::Status ReadFiles(const std::string& path, const std::vector<std::string>& files,
                       const std::function<absl::Status(size_t i, std::string bytes)>& visit);

}  // namespace dl

#endif  // DATASETS_FILE_TREE_H_
