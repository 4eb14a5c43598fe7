#include "datasets/file_check.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "datasets/gzip_reader.h"
#include "datasets/sha256.h"
#include "modules/base/file.h"

namespace dl {
namespace {

constexpr size_t kPiece = size_t{1} << 18;  // bytes read at once

std::string PinPath(const std::string& path) { return path + ".sha256"; }

absl::StatusOr<std::string> Sha256Of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  Sha256 hash;
  std::vector<char> piece(kPiece);
  while (file.read(piece.data(), kPiece) || file.gcount() > 0) hash.Update(piece.data(), file.gcount());
  if (!file.eof()) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  return hash.HexDigest();
}

absl::StatusOr<std::string> UnpackedSha256Of(const std::string& path) {
  absl::StatusOr<GzipReader> file = GzipReader::Open(path);
  if (!file.ok()) return file.status();
  Sha256 hash;
  std::vector<uint8_t> piece(kPiece);
  while (true) {
    const absl::StatusOr<size_t> size = file->Read(absl::MakeSpan(piece));
    if (!size.ok()) return size.status();
    if (*size == 0) return hash.HexDigest();
    hash.Update(piece.data(), *size);
  }
}

// The first bytes of the file, at most 16.
std::string Beginning(const std::string& path) {
  std::string bytes(16, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<size_t>(file.gcount()));
  return bytes;
}

bool IsWebPage(std::string beginning) {
  beginning.erase(0, beginning.find_first_not_of(" \t\r\n"));
  std::transform(beginning.begin(), beginning.end(), beginning.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return beginning.starts_with("<!doctype html") || beginning.starts_with("<html");
}

// Whether the file may be of the kind that its name ends in, as far as its first bytes tell.
bool BeginsAsItsKind(const std::string& beginning, const std::string& name) {
  if (name.ends_with(".gz")) return beginning.starts_with("\x1f\x8b");
  if (name.ends_with(".zip")) return beginning.starts_with("PK\x03\x04");
  if (name.ends_with(".safetensors")) return beginning.size() > 8 && beginning[8] == '{';  // after the header's length
  return true;
}

}  // namespace

absl::StatusOr<std::string> CheckedSha256(const std::string& path, const RemoteFile& file) {
  const absl::StatusOr<std::string> sha256 = Sha256Of(path);
  if (!sha256.ok()) return sha256;
  if (!file.sha256.empty() && *sha256 == file.sha256) return sha256;
  const std::string beginning = Beginning(path);
  if (IsWebPage(beginning)) return absl::DataLossError("it is a web page (HTML), not the file");
  if (!file.unpacked_sha256.empty()) {
    const absl::StatusOr<std::string> content = UnpackedSha256Of(path);
    if (content.ok() && *content == file.unpacked_sha256) return sha256;
  }
  std::error_code unknown;
  const auto bytes = static_cast<int64_t>(std::filesystem::file_size(path, unknown));
  if (file.bytes != 0 && bytes != file.bytes) {
    return absl::DataLossError(absl::StrCat("it has ", bytes, " bytes instead of ", file.bytes));
  }
  if (!file.sha256.empty()) {
    return absl::DataLossError(absl::StrCat("its SHA-256 is ", *sha256, " instead of ", file.sha256));
  }
  if (!BeginsAsItsKind(beginning, file.path)) {
    return absl::DataLossError(
        absl::StrCat("it does not begin as a ", std::filesystem::path(file.path).extension().string(), " file does"));
  }
  return sha256;
}

absl::StatusOr<RemoteFile> WithPin(RemoteFile file, const std::string& path) {
  std::error_code unknown;
  if (!file.sha256.empty() || !std::filesystem::exists(PinPath(path), unknown)) return file;
  const absl::StatusOr<std::string> pinned = ReadFile(PinPath(path));
  if (!pinned.ok()) return pinned.status();
  file.sha256 = pinned->substr(0, pinned->find(' '));
  if (file.sha256.size() != 64 || file.sha256.find_first_not_of("0123456789abcdef") != std::string::npos) {
    return absl::DataLossError(absl::StrCat(PinPath(path), " holds no SHA-256; delete it"));
  }
  return file;
}

absl::Status Pin(const std::string& path, const std::string& sha256) {
  return WriteFile(PinPath(path), absl::StrCat(sha256, "  ", std::filesystem::path(path).filename().string(), "\n"));
}

}  // namespace dl
