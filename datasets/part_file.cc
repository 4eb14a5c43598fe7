#include "datasets/part_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <iostream>
#include <utility>

#include "modules/base/file.h"

namespace dl {
namespace {

void Remove(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
}

}  // namespace

absl::StatusOr<PartFile> PartFile::Lock(const std::string& path) {
  while (true) {
    PartFile part(path);
    part.file_ = open(part.path_.c_str(), O_RDWR | O_CREAT, 0666);
    if (part.file_ < 0) return CannotWrite(part.path_, errno);
    if (flock(part.file_, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) std::cerr << "note: waiting for another fetch of " << path << std::endl;
      if (flock(part.file_, LOCK_EX) != 0) return CannotWrite(part.path_, errno);
    }
    if (part.IsInPlace()) return part;  // else whoever had it has finished and moved it away
  }
}

PartFile::PartFile(PartFile&& other)
    : whole_(std::move(other.whole_)), path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}

PartFile::~PartFile() {
  if (file_ < 0) return;
  if (IsInPlace() && size() == 0) {
    Remove(path_);
    Remove(etag_path());
  }
  close(file_);
}

int64_t PartFile::size() const {
  struct stat status = {};
  fstat(file_, &status);
  return status.st_size;
}

void PartFile::Clear() {
  if (ftruncate(file_, 0) == 0) Remove(etag_path());
}

absl::Status PartFile::Finish() {
  Remove(etag_path());
  return ReplaceFile(path_, whole_);
}

std::string PartFile::ETag() const {
  const absl::StatusOr<std::string> line = ReadFile(etag_path());
  const std::string tag = line.ok() ? line->substr(0, line->find('\n')) : "";
  return tag.starts_with('"') ? tag : "";  // a weak one, W/"...", promises less
}

// Whether the file that is open is still the one of that name.
bool PartFile::IsInPlace() const {
  struct stat opened = {}, named = {};
  return fstat(file_, &opened) == 0 && stat(path_.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
         opened.st_dev == named.st_dev;
}

}  // namespace dl
