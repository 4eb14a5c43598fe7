#include "datasets/png_writer.h"

#include <png.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "modules/base/check.h"
#include "modules/base/file.h"

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

}  // namespace

absl::Status WritePng(const std::string& path, const Image& image) {
  const std::vector<uint8_t> bytes = Encode(image);
  return WriteFile(path, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

}  // namespace dl
