// What has come of a file so far: PATH.part, locked, so that two programs never write to it at once.
#ifndef DATASETS_PART_FILE_H_
#define DATASETS_PART_FILE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace dl {

class PartFile {
 public:
  // Opens or makes the part of the file at `path`, in an existing folder, and locks it; waits for whoever has it
  // locked, after a note on standard error. Errors as of WriteFile.
  static absl::StatusOr<PartFile> Lock(const std::string& path);

  PartFile(PartFile&& other);
  PartFile& operator=(PartFile&&) = delete;

  // Unlocks it; an empty one is removed.
  ~PartFile();

  const std::string& path() const { return path_; }

  // The file that holds the server's entity tag of these bytes.
  std::string etag_path() const { return path_ + ".etag"; }

  int64_t size() const;  // bytes

  // Makes it empty.
  void Clear();

  // Puts it, which is whole, in the place of the file that it is a part of. Errors as of WriteFile.
  absl::Status Finish();

  // The entity tag; empty where none is known that promises the same bytes.
  std::string ETag() const;

 private:
  explicit PartFile(const std::string& whole) : whole_(whole), path_(whole + ".part") {}

  bool IsInPlace() const;

  std::string whole_, path_;
  int file_ = -1;  // descriptor; curl inherits it, and with it the lock, which so lasts as long as anyone writes
};

}  // namespace dl

#endif  // DATASETS_PART_FILE_H_
