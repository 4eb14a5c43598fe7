#include "datasets/png_writer.h"

#include <png.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"

namespace dl {
namespace {

std::vector<uint8_t> Encode(const Image& image) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  png.width = static_cast<png_uint_32>(image.width);
  png.height = static_cast<png_uint_32>(image.height);
  png.format = PNG_FORMAT_RGB;
  std::vector<uint8_t> bytes(PNG_IMAGE_PNG_SIZE_MAX(png));
  png_alloc_size_t size = bytes.size();
  DL_CHECK(png_image_write_to_memory(&png, bytes.data(), &size, 0, image.rgb.data(), 0, nullptr))
      << "WritePng: " << image.height << " by " << image.width << ": " << png.message;
  bytes.resize(size);
  return bytes;
}

absl::Status Refused(const std::string& path) {
  const std::string message =
      absl::StrCat("cannot write ", path, ": ", std::strerror(errno), "; choose another place with --output=PATH");
  const bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
  return full ? absl::ResourceExhaustedError(message) : absl::PermissionDeniedError(message);
}

bool WriteAll(const std::string& path, const std::vector<uint8_t>& bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return false;
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  return std::fclose(file) == 0 && written;
}

}  // namespace

absl::Status WritePng(const std::string& path, const Image& image) {
  const std::string partial = absl::StrCat(path, ".partial.", getpid());
  if (!WriteAll(partial, Encode(image)) || std::rename(partial.c_str(), path.c_str()) != 0) {
    const absl::Status status = Refused(path);
    std::remove(partial.c_str());
    return status;
  }
  return absl::OkStatus();
}

}  // namespace dl
