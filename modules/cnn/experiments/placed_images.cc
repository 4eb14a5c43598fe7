#include "modules/cnn/experiments/placed_images.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "modules/base/check.h"

namespace dl {

Dataset PlacedImages(const Dataset& images, int64_t side, int64_t down, int64_t right) {
  const Shape& shape = images.example_shape;
  DL_CHECK(shape.size() == 3 && std::holds_alternative<std::vector<uint8_t>>(images.values))
      << "PlacedImages: examples are " << ToString(shape) << "; they must be bytes [C, H, W]";
  const int64_t height = shape[1], width = shape[2];
  const int64_t top = (side - height) / 2 + down, left = (side - width) / 2 + right;
  DL_CHECK(top >= 0 && left >= 0 && top + height <= side && left + width <= side)
      << "PlacedImages: " << height << " by " << width << " pixels, moved by " << down << ", " << right
      << ", are not inside " << side << " by " << side;
  const std::vector<uint8_t>& old = std::get<std::vector<uint8_t>>(images.values);
  std::vector<uint8_t> placed(images.size() * shape[0] * side * side, 0);
  for (int64_t map = 0; map < images.size() * shape[0]; ++map) {
    for (int64_t y = 0; y < height; ++y) {
      std::copy_n(&old[(map * height + y) * width], width, &placed[(map * side + top + y) * side + left]);
    }
  }
  return {.name = images.name,
          .example_shape = {shape[0], side, side},
          .values = std::move(placed),
          .labels = images.labels,
          .class_names = images.class_names};
}

}  // namespace dl
