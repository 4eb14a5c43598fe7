#include "datasets/png_writer.h"

#include <png.h>

#include "modules/base/check.h"
#include "modules/base/file.h"

namespace dl {

std::string EncodePng(const Image& image) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  png.width = static_cast<png_uint_32>(image.width);
  png.height = static_cast<png_uint_32>(image.height);
  png.format = PNG_FORMAT_RGB;
  std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(png), '\0');
  png_alloc_size_t size = bytes.size();
  DL_CHECK(png_image_write_to_memory(&png, bytes.data(), &size, 0, image.rgb.data(), 0, nullptr))
      << "EncodePng: " << image.height << " by " << image.width << ": " << png.message;
  bytes.resize(size);
  return bytes;
}

absl::Status WritePng(const std::string& path, const Image& image) { return WriteFile(path, EncodePng(image)); }

}  // namespace dl
