#include "datasets/file_tree.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/gzip_reader.h"
#include "modules/base/file.h"

namespace dl {
namespace {

namespace fs = std::filesystem;

constexpr size_t kPiece = size_t{1} << 16;          // bytes read from an archive at once
constexpr size_t kMostFileBytes = size_t{1} << 30;  // a packed file may grow without end

absl::Status Unreadable(const std::string& path, const std::string& why) {
  return absl::NotFoundError(absl::StrCat("cannot read ", path, ": ", why));
}

absl::Status BadArchive(const std::string& path, const std::string& why) {
  return absl::DataLossError(absl::StrCat(path, " cannot be read as a .tar, .tar.gz or .zip archive: ", why,
                                          "; give a folder or a sound archive"));
}

// The content of a gzip file, piece by piece. libarchive could unpack it too, but would not look at its checksum.
struct Unpacked {
  GzipReader reader;
  std::vector<uint8_t> piece = std::vector<uint8_t>(kPiece);
  absl::Status status = {};  // of the last reading

  // What libarchive calls for the next piece: its size, 0 at the end, negative on failure.
  static la_ssize_t Read(archive*, void* self, const void** bytes) {
    auto* unpacked = static_cast<Unpacked*>(self);
    const absl::StatusOr<size_t> size = unpacked->reader.Read(absl::MakeSpan(unpacked->piece));
    unpacked->status = size.status();
    *bytes = unpacked->piece.data();
    return size.ok() ? static_cast<la_ssize_t>(*size) : -1;
  }
};

// While it lives, this thread's letters are UTF-8: libarchive translates names into the locale, and the locale of a
// program that has chosen none knows ASCII only.
class Utf8Locale {
 public:
  Utf8Locale() : utf8_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), before_(uselocale(utf8_)) {}
  Utf8Locale(const Utf8Locale&) = delete;
  ~Utf8Locale() {
    uselocale(before_);
    if (utf8_ != nullptr) freelocale(utf8_);
  }

 private:
  locale_t utf8_, before_;  // null where the system has no such locale: then nothing changes
};

// An open archive, at one of its files.
class Archive {
 public:
  static absl::StatusOr<Archive> Open(const std::string& path) {
    absl::StatusOr<GzipReader> file = GzipReader::Open(path);
    if (!file.ok()) return file.status();
    Archive opened(path);
    archive* reader = opened.reader_.get();
    archive_read_support_format_tar(reader);
    archive_read_support_format_zip(reader);
    if (file->packed()) opened.unpacked_.reset(new Unpacked{*std::move(file)});
    const int code = opened.unpacked_
                         ? archive_read_open(reader, opened.unpacked_.get(), nullptr, Unpacked::Read, nullptr)
                         : archive_read_open_filename(reader, path.c_str(), kPiece);
    if (code != ARCHIVE_OK) return opened.Failure();
    return opened;
  }

  // Goes on to the next file and sets its name; false at the end. What is no file (folders, links) is passed over.
  absl::StatusOr<bool> Next(std::string* name) {
    const Utf8Locale all_alphabets;
    while (true) {
      archive_entry* entry;
      const int code = archive_read_next_header(reader_.get(), &entry);
      if (code == ARCHIVE_EOF) {
        if (absl::Status status = ReadToTheChecksum(); !status.ok()) return status;
        return false;
      }
      if (code < ARCHIVE_WARN) return Failure();
      if (archive_entry_filetype(entry) != AE_IFREG) continue;
      const char* found = archive_entry_pathname(entry);
      if (found == nullptr) return BadArchive(path_, "it holds a name in an unknown alphabet");
      *name = fs::path(found).lexically_normal().string();
      return true;
    }
  }

  // The content of the file called `name`, at which the archive is.
  absl::StatusOr<std::string> Read(const std::string& name) {
    std::string bytes;
    std::vector<char> piece(kPiece);
    while (true) {
      const la_ssize_t got = archive_read_data(reader_.get(), piece.data(), piece.size());
      if (got < 0) return Failure();
      if (got == 0) return bytes;
      bytes.append(piece.data(), static_cast<size_t>(got));
      if (bytes.size() > kMostFileBytes) return BadArchive(path_, name + " in it is larger than 1 GiB");
    }
  }

 private:
  explicit Archive(std::string path) : path_(std::move(path)) {}

  absl::Status ReadToTheChecksum() {
    const void* ignored;
    while (unpacked_ && Unpacked::Read(nullptr, unpacked_.get(), &ignored) > 0) {
    }
    return unpacked_ ? unpacked_->status : absl::OkStatus();
  }

  absl::Status Failure() const {
    if (unpacked_ && !unpacked_->status.ok()) return unpacked_->status;
    const char* why = archive_error_string(reader_.get());
    return BadArchive(path_, why ? why : "unknown failure");
  }

  std::string path_;
  std::unique_ptr<Unpacked> unpacked_;  // null: not a gzip file
  std::unique_ptr<archive, int (*)(archive*)> reader_{archive_read_new(), archive_read_free};
};

absl::StatusOr<std::vector<std::string>> ListArchive(const std::string& path) {
  absl::StatusOr<Archive> archive = Archive::Open(path);
  if (!archive.ok()) return archive.status();
  std::vector<std::string> names;
  for (std::string name;;) {
    const absl::StatusOr<bool> found = archive->Next(&name);
    if (!found.ok()) return found.status();
    if (!*found) return names;
    names.push_back(name);
  }
}

absl::StatusOr<std::vector<std::string>> ListFolder(const std::string& path) {
  std::vector<std::string> names;
  std::error_code error;
  fs::recursive_directory_iterator entries(path, fs::directory_options::follow_directory_symlink, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    std::error_code unknown;  // of a link to nowhere, which is listed, so that whoever reads it says so
    const fs::file_type type = entries->status(unknown).type();
    if (type == fs::file_type::directory) {
      if (entries.depth() >= kDeepestFolder - 1) entries.disable_recursion_pending();
    } else if (type == fs::file_type::regular || type == fs::file_type::not_found) {
      names.push_back(entries->path().lexically_relative(path).string());
    }
  }
  if (error) return Unreadable(path, error.message());
  return names;
}

absl::Status ReadFromArchive(const std::string& path, const std::vector<std::string>& files,
                             const std::function<absl::Status(size_t i, std::string bytes)>& visit) {
  std::map<std::string, size_t> wanted;
  for (size_t i = 0; i < files.size(); ++i) wanted.emplace(files[i], i);
  absl::StatusOr<Archive> archive = Archive::Open(path);
  if (!archive.ok()) return archive.status();
  for (std::string name;;) {  // to the end, where a checksum may stand
    const absl::StatusOr<bool> found = archive->Next(&name);
    if (!found.ok()) return found.status();
    if (!*found) break;
    const auto file = wanted.find(name);
    if (file == wanted.end()) continue;
    absl::StatusOr<std::string> bytes = archive->Read(name);
    if (!bytes.ok()) return bytes.status();
    if (absl::Status status = visit(file->second, *std::move(bytes)); !status.ok()) return status;
    wanted.erase(file);
  }
  if (!wanted.empty()) return Unreadable(path, absl::StrCat("it holds no ", wanted.begin()->first));
  return absl::OkStatus();
}

bool IsFolder(const std::string& path) {
  std::error_code missing;
  return fs::is_directory(path, missing);
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ListFiles(const std::string& path) {
  std::error_code unknown;
  if (!fs::exists(path, unknown)) return Unreadable(path, unknown ? unknown.message() : "no such file or folder");
  absl::StatusOr<std::vector<std::string>> names = IsFolder(path) ? ListFolder(path) : ListArchive(path);
  if (!names.ok()) return names;
  std::sort(names->begin(), names->end());
  const auto twice = std::adjacent_find(names->begin(), names->end());
  if (twice != names->end()) return BadArchive(path, absl::StrCat("it holds ", *twice, " twice"));
  return names;
}

absl::Status ReadFiles(const std::string& path, const std::vector<std::string>& files,
                       const std::function<absl::Status(size_t i, std::string bytes)>& visit) {
  if (!IsFolder(path)) return ReadFromArchive(path, files, visit);
  for (size_t i = 0; i < files.size(); ++i) {
    absl::StatusOr<std::string> bytes = ReadFile((fs::path(path) / files[i]).string());
    if (!bytes.ok()) return bytes.status();
    if (absl::Status status = visit(i, *std::move(bytes)); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace dl
