#include "datasets/fetch_file.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/curl.h"
#include "datasets/file_check.h"
#include "datasets/part_file.h"
#include "modules/base/file.h"

namespace dl {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMostBytes = int64_t{1} << 32;  // of a file whose size nobody has published

bool Exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

// Fills the part of `file` from its addresses.
class Download {
 public:
  Download(const RemoteFile& file, const FetchOptions& options, PartFile* part)
      : file_(file), options_(options), part_(*part), most_(file.bytes != 0 ? file.bytes : kMostBytes) {}

  // The hash of the part, once it is whole and right.
  absl::StatusOr<std::string> Run() {
    std::string reasons;
    for (const std::string& url : file_.urls) {
      for (int i = 1; i <= options_.tries; ++i) {
        const absl::StatusOr<Next> next = Try(url);
        if (!next.ok()) return next.status();
        if (*next == Next::kDone) return sha256_;
        if (*next == Next::kOtherAddress || i == options_.tries) break;
        std::cerr << "note: " << url << ": " << why_ << "; trying again" << std::endl;
        sleep(1 << std::min(i - 1, 3));
      }
      absl::StrAppend(&reasons, url, ": ", why_, "; ");
    }
    const std::string message =
        absl::StrCat("cannot fetch ", file_.path, ": ", reasons,
                     "try again later, or copy it from a folder that has it with --from=FOLDER");
    return got_wrong_bytes_ ? absl::DataLossError(message) : absl::NotFoundError(message);
  }

 private:
  enum class Next { kDone, kSameAddress, kOtherAddress };

  // One transfer. Where it is not done, why_ says why.
  absl::StatusOr<Next> Try(const std::string& url) {
    if (part_.size() > most_) part_.Clear();
    const std::string etag = part_.ETag();
    const bool hash_decides = !file_.sha256.empty();
    if (!hash_decides && etag.empty()) part_.Clear();
    const bool resumed = part_.size() > 0;
    if (file_.bytes == 0 || part_.size() < file_.bytes) {
      const absl::StatusOr<CurlEnd> end = RunCurl({.url = url,
                                                   .path = part_.path(),
                                                   .etag_path = hash_decides || resumed ? "" : part_.etag_path(),
                                                   .if_range = resumed && !hash_decides ? etag : "",
                                                   .most_bytes = most_,
                                                   .stall_seconds = options_.stall_seconds});
      if (absl::IsCancelled(end.status())) {
        return absl::CancelledError(absl::StrCat("interrupted; type the same again to go on with ", part_.path()));
      }
      if (!end.ok()) return end.status();
      const absl::StatusOr<std::optional<Next>> next = AfterCurl(*end);
      if (!next.ok()) return next.status();
      if (next->has_value()) return **next;
    }
    absl::StatusOr<std::string> sha256 = CheckedSha256(part_.path(), file_);
    if (sha256.ok()) {
      sha256_ = *std::move(sha256);
      return Next::kDone;
    }
    got_wrong_bytes_ = true;
    part_.Clear();
    why_ = std::string(sha256.status().message());
    return resumed ? Next::kSameAddress : Next::kOtherAddress;
  }

  // What to do after a transfer; nothing where all that was announced has come. ResourceExhausted on a full disk.
  absl::StatusOr<std::optional<Next>> AfterCurl(const CurlEnd& end) {
    why_ = end.error;
    if (end.code == kCurlCannotResume || end.http_status == 416) {
      part_.Clear();
      why_ = "its file has changed, or it cannot go on with a broken transfer";
      return Next::kSameAddress;
    }
    if (end.code == kCurlWriteError && part_.size() <= most_) {
      return absl::ResourceExhaustedError(
          absl::StrCat("cannot write ", part_.path(), ": the disk is full; make room, and type the same again"));
    }
    if (end.code == kCurlWriteError || end.code == kCurlTooLarge) {
      got_wrong_bytes_ = true;
      if (end.code == kCurlWriteError) part_.Clear();
      why_ = absl::StrCat("it sends more than ", most_, " bytes");
      return Next::kOtherAddress;
    }
    if (end.code == 0 && file_.bytes == 0 && !end.has_length) {
      part_.Clear();
      why_ = "it does not say how many bytes the file has";
      return Next::kOtherAddress;
    }
    if (end.code == 0) return std::nullopt;
    const bool busy = end.http_status == 408 || end.http_status == 429 || end.http_status >= 500;
    const bool final = end.code == kCurlTooManyRedirects || (end.code == kCurlHttpError && !busy);
    return final ? Next::kOtherAddress : Next::kSameAddress;
  }

  const RemoteFile& file_;
  const FetchOptions& options_;
  PartFile& part_;
  const int64_t most_;  // bytes
  std::string why_, sha256_;
  bool got_wrong_bytes_ = false;
};

// Fills the part of `file` with the file at `source`; the result is its hash.
absl::StatusOr<std::string> Copy(const RemoteFile& file, const std::string& source, PartFile* part) {
  if (!Exists(source)) {
    return absl::NotFoundError(
        absl::StrCat("no file ", source, "; give a folder that --folder=FOLDER has filled where there is a network"));
  }
  part->Clear();
  std::error_code error;
  fs::copy_file(source, part->path(), fs::copy_options::overwrite_existing, error);
  if (error) {
    part->Clear();
    return CannotWrite(part->path(), error.value());
  }
  absl::StatusOr<std::string> sha256 = CheckedSha256(part->path(), file);
  if (sha256.ok()) return sha256;
  part->Clear();
  return absl::DataLossError(absl::StrCat("cannot use ", source, ": ", std::string(sha256.status().message()),
                                          "; give a folder with a sound copy"));
}

// The file at `path` if it is right already.
std::optional<FetchedFile> WhatIsThere(const RemoteFile& file, const std::string& path) {
  if (!Exists(path)) return std::nullopt;
  const absl::StatusOr<std::string> sha256 = CheckedSha256(path, file);
  if (!sha256.ok()) return std::nullopt;
  return FetchedFile{.sha256 = *sha256, .was_there = true, .pinned = file.sha256.empty() && Pin(path, *sha256).ok()};
}

absl::Status CheckRoom(const RemoteFile& file, const PartFile& part) {
  std::error_code unknown;
  const fs::space_info space = fs::space(part.path(), unknown);
  const int64_t needed = file.bytes - part.size();
  if (unknown || needed <= 0 || static_cast<uint64_t>(needed) <= space.available) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat("cannot write ", part.path(), ": ", needed, " bytes are needed and ",
                                                   space.available, " are free; make room, or choose another folder"));
}

}  // namespace

absl::StatusOr<FetchedFile> FetchFile(const RemoteFile& described, const std::string& path,
                                      const FetchOptions& options) {
  absl::StatusOr<RemoteFile> file = WithPin(described, path);
  if (!file.ok()) return file.status();
  if (const auto there = WhatIsThere(*file, path)) return *there;
  if (absl::Status status = MakeFolder(fs::path(path).parent_path().string()); !status.ok()) return status;
  absl::StatusOr<PartFile> part = PartFile::Lock(path);
  if (!part.ok()) return part.status();
  if (const auto there = WhatIsThere(*file, path)) return *there;  // by now
  if (absl::Status status = CheckRoom(*file, *part); !status.ok()) return status;
  const std::string source = (fs::path(options.from) / file->path).string();
  if (!options.from.empty()) file = WithPin(*std::move(file), source);
  if (!file.ok()) return file.status();
  const absl::StatusOr<std::string> sha256 =
      options.from.empty() ? Download(*file, options, &*part).Run() : Copy(*file, source, &*part);
  if (absl::IsDataLoss(sha256.status()) && described.sha256.empty() && !file->sha256.empty()) {
    return absl::DataLossError(absl::StrCat(std::string(sha256.status().message()),
                                            "; or, if the file was changed on purpose, delete ", path, ".sha256"));
  }
  if (!sha256.ok()) return sha256.status();
  if (absl::Status status = part->Finish(); !status.ok()) return status;
  if (!described.sha256.empty() || Exists(path + ".sha256")) return FetchedFile{.sha256 = *sha256};
  if (absl::Status status = Pin(path, *sha256); !status.ok()) return status;
  return FetchedFile{.sha256 = *sha256, .pinned = true};
}

}  // namespace dl
