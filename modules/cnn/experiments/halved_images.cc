#include "modules/cnn/experiments/halved_images.h"

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "modules/base/check.h"

namespace dl {

Dataset HalvedImages(const Dataset& images) {
  const Shape& shape = images.example_shape;
  DL_CHECK(shape.size() == 3 && shape[1] >= 2 && shape[2] >= 2 &&
           std::holds_alternative<std::vector<uint8_t>>(images.values))
      << "HalvedImages: examples are " << ToString(shape) << "; they must be bytes [C, H, W] of 2 by 2 pixels at least";
  const int64_t width = shape[2], rows = shape[1] / 2, columns = width / 2;
  const std::vector<uint8_t>& old = std::get<std::vector<uint8_t>>(images.values);
  std::vector<uint8_t> halved;
  halved.reserve(images.size() * shape[0] * rows * columns);
  for (int64_t map = 0; map < images.size() * shape[0]; ++map) {
    for (int64_t y = 0; y < rows; ++y) {
      const uint8_t* above = &old[(map * shape[1] + 2 * y) * width];
      const uint8_t* below = above + width;
      for (int64_t x = 0; x < 2 * columns; x += 2) {
        halved.push_back(static_cast<uint8_t>((above[x] + above[x + 1] + below[x] + below[x + 1] + 2) / 4));
      }
    }
  }
  return {.name = images.name,
          .example_shape = {shape[0], rows, columns},
          .values = std::move(halved),
          .labels = images.labels,
          .class_names = images.class_names};
}

}  // namespace dl
