// Pictures to PNG files.
#ifndef DATASETS_PNG_WRITER_H_
#define DATASETS_PNG_WRITER_H_

#include <string>

#include "absl/status/status.h"
#include "datasets/image.h"

namespace dl {

// The bytes of a PNG file that holds `image`, which has a pixel at least.
std::string EncodePng(const Image& image);

// Writes `image` to `path`, which either holds the whole picture afterwards or is what it was before: the file is
// written under another name beside it and then renamed. PermissionDenied or ResourceExhausted where the disk refuses.
absl::Status WritePng(const std::string& path, const Image& image);

}  // namespace dl

#endif  // DATASETS_PNG_WRITER_H_
