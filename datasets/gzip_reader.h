// The content of a file, piece by piece, unpacked on the way where the file is a gzip file.
#ifndef DATASETS_GZIP_READER_H_
#define DATASETS_GZIP_READER_H_

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

struct z_stream_s;

namespace dl {

class GzipReader {
 public:
  // The file's first bytes, not its name, say whether it is packed. NotFound where it cannot be opened or read.
  static absl::StatusOr<GzipReader> Open(const std::string& path);

  bool packed() const { return stream_ != nullptr; }

  // Fills `bytes` as far as the content lasts and returns how many it filled: fewer than asked for only at the end.
  // DataLoss where the packed file is damaged, cut off or followed by more.
  absl::StatusOr<size_t> Read(absl::Span<uint8_t> bytes);

 private:
  explicit GzipReader(const std::string& path) : path_(path), file_(path, std::ios::binary) {}

  absl::StatusOr<size_t> Inflate(absl::Span<uint8_t> bytes);
  absl::Status FillPacked();

  std::string path_;
  std::ifstream file_;
  std::unique_ptr<z_stream_s, void (*)(z_stream_s*)> stream_{nullptr, nullptr};  // null: the file is not packed
  std::vector<char> packed_;                                                     // what `stream_` reads from
  bool at_end_ = false;                                                          // of the packed content
};

}  // namespace dl

#endif  // DATASETS_GZIP_READER_H_
