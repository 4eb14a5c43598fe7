// Whether a file is the one that the catalogue describes: by its hash where one is known, else by the hash that it had
// when it was fetched first, which is pinned beside it.
#ifndef DATASETS_FILE_CHECK_H_
#define DATASETS_FILE_CHECK_H_

#include <string>

#include "absl/status/statusor.h"
#include "datasets/fetch_catalogue.h"

namespace dl {

// The SHA-256 of the file at `path`, where it is `file`: it has the size and the hash that are known or, packed
// differently, the same content; where no hash is known, it must at least begin as files of its kind do (.gz, .zip,
// .safetensors). NotFound where it cannot be read; DataLoss, with the reason, where it is another file: another size, a
// web page, another hash.
absl::StatusOr<std::string> CheckedSha256(const std::string& path, const RemoteFile& file);

// `file` with the hash that is pinned beside `path`, where there is one and the catalogue has none. DataLoss where what
// is pinned is no hash.
absl::StatusOr<RemoteFile> WithPin(RemoteFile file, const std::string& path);

// Pins `sha256` beside `path`, as `sha256sum --check` reads it. Errors as of WriteFile.
absl::Status Pin(const std::string& path, const std::string& sha256);

}  // namespace dl

#endif  // DATASETS_FILE_CHECK_H_
