#include "modules/base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"

namespace dl {
namespace {

// Whether all pieces are written; else errno says why not.
bool WriteAll(const std::string& path, const std::vector<std::string_view>& pieces) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  bool written = true;
  for (const std::string_view piece : pieces) {
    written = written && std::fwrite(piece.data(), 1, piece.size(), file) == piece.size();
  }
  written = written && std::fflush(file) == 0;
  const int error = errno;
  const bool closed = std::fclose(file) == 0;
  if (!written) errno = error;
  return written && closed;
}

// Whether what the file or folder at `path` holds is on the disk; else errno says why not.
bool Sync(const std::string& path, int flags) {
  const int descriptor = open(path.c_str(), flags);
  if (descriptor < 0) return false;
  const bool synced = fsync(descriptor) == 0;
  const int error = errno;
  close(descriptor);
  errno = error;
  return synced;
}

}  // namespace

std::string UserPath(const std::string& path) {
  const char* directory = std::getenv("BUILD_WORKING_DIRECTORY");
  if (directory == nullptr || path.empty() || path[0] == '/') return path;
  return (std::filesystem::path(directory) / path).lexically_normal().string();
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
  if (!in.is_open() || in.bad() || bytes.fail()) {
    return absl::NotFoundError(absl::StrCat("cannot read ", path, ": ", std::strerror(errno)));
  }
  return bytes.str();
}

absl::Status WriteFile(const std::string& path, std::string_view bytes) {
  return WriteFile(path, std::vector<std::string_view>{bytes});
}

absl::Status WriteFile(const std::string& path, const std::vector<std::string_view>& pieces) {
  const std::string partial = absl::StrCat(path, ".partial.", getpid());
  absl::Status status = WriteAll(partial, pieces) ? ReplaceFile(partial, path) : CannotWrite(path, errno);
  if (!status.ok()) std::remove(partial.c_str());
  return status;
}

absl::Status ReplaceFile(const std::string& from, const std::string& to) {
  if (!Sync(from, O_RDONLY) || std::rename(from.c_str(), to.c_str()) != 0) return CannotWrite(to, errno);
  // A rename is on the disk when its folder is. Not every file system can promise it: then nothing is lost by asking.
  const std::filesystem::path folder = std::filesystem::path(to).parent_path();
  Sync(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
  return absl::OkStatus();
}

absl::Status CannotWrite(const std::string& path, int error) {
  const std::string message = absl::StrCat("cannot write ", path, ": ", std::strerror(error), "; choose another place");
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  return full ? absl::ResourceExhaustedError(message) : absl::PermissionDeniedError(message);
}

absl::Status MakeFolder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error && std::filesystem::is_directory(path)) return absl::OkStatus();
  return CannotWrite(path, error ? error.value() : ENOTDIR);
}

}  // namespace dl
