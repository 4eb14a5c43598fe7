#include "datasets/gzip_reader.h"

#include <zlib.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"

namespace dl {
namespace {

constexpr size_t kPackedBytes = 1 << 16;  // read from the file at once
constexpr int kGzipOnly = 16 + MAX_WBITS;

absl::Status Unreadable(const std::string& path) {
  return absl::NotFoundError(absl::StrCat(path, " cannot be read: ", std::strerror(errno)));
}

absl::Status Damaged(const std::string& path, const std::string& how) {
  return absl::DataLossError(absl::StrCat(path, " is a damaged gzip file: ", how, "; replace it with a sound copy"));
}

}  // namespace

absl::StatusOr<GzipReader> GzipReader::Open(const std::string& path) {
  GzipReader reader(path);
  if (!reader.file_) return Unreadable(path);
  uint8_t magic[2] = {};
  reader.file_.read(reinterpret_cast<char*>(magic), 2);
  if (reader.file_.bad()) return Unreadable(path);
  reader.file_.clear();
  reader.file_.seekg(0);
  if (magic[0] == 0x1f && magic[1] == 0x8b) {
    reader.packed_.resize(kPackedBytes);
    reader.stream_ = {new z_stream(), [](z_stream* stream) {
                        inflateEnd(stream);
                        delete stream;
                      }};
    DL_CHECK(inflateInit2(reader.stream_.get(), kGzipOnly) == Z_OK) << "GzipReader: out of memory";
  }
  return reader;
}

absl::StatusOr<size_t> GzipReader::Read(absl::Span<uint8_t> bytes) {
  if (stream_) return Inflate(bytes);
  file_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (file_.bad()) return Unreadable(path_);
  return static_cast<size_t>(file_.gcount());
}

absl::Status GzipReader::FillPacked() {
  if (stream_->avail_in > 0) return absl::OkStatus();
  file_.read(packed_.data(), static_cast<std::streamsize>(packed_.size()));
  if (file_.bad()) return Unreadable(path_);
  stream_->next_in = reinterpret_cast<Bytef*>(packed_.data());
  stream_->avail_in = static_cast<uInt>(file_.gcount());
  return absl::OkStatus();
}

absl::StatusOr<size_t> GzipReader::Inflate(absl::Span<uint8_t> bytes) {
  stream_->next_out = bytes.data();
  stream_->avail_out = static_cast<uInt>(bytes.size());
  while (stream_->avail_out > 0 && !at_end_) {
    if (absl::Status status = FillPacked(); !status.ok()) return status;
    if (stream_->avail_in == 0) return Damaged(path_, "it ends too early");
    const int code = inflate(stream_.get(), Z_NO_FLUSH);
    if (code == Z_STREAM_END) {
      at_end_ = true;
      if (absl::Status status = FillPacked(); !status.ok()) return status;
      if (stream_->avail_in > 0) return Damaged(path_, "more bytes follow its end");
    } else if (code != Z_OK) {
      return Damaged(path_, stream_->msg ? stream_->msg : "its content cannot be unpacked");
    }
  }
  return bytes.size() - stream_->avail_out;
}

}  // namespace dl
