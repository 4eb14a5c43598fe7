// Tiles of images for the kernels of few channels: vectors that hold one element of each of 16 images.
#ifndef MODULES_PRIMITIVES_INTERNAL_IMAGE_TILE_H_
#define MODULES_PRIMITIVES_INTERNAL_IMAGE_TILE_H_

#include <cstdint>

namespace dl::few_channels {

constexpr int64_t kLanes = 16;
using Vector = float __attribute__((vector_size(kLanes * sizeof(float))));

// Maps of 16 images: element (map, row, column) is one vector. Only rows first_row, first_row + step, ... and columns
// likewise hold anything but zero: the rest is padding, and the places between the elements of a strided gradient.
struct Tile {
  int64_t maps, height, width;
  int64_t first_row, first_column, step;
  int64_t used_height, used_width;  // how many rows and columns are not zero
  Vector* data = nullptr;

  int64_t vectors() const { return maps * height * width; }
  Vector* at(int64_t map, int64_t row, int64_t column) const { return data + (map * height + row) * width + column; }
  bool UsedRow(int64_t row) const {
    return row >= first_row && (row - first_row) % step == 0 && row - first_row < used_height * step;
  }
};

// Up to 16 images.
struct Group {
  int64_t first, count;
};

// Fills the used places of the tile from images [N, maps, used_height, used_width] in row-major order; an image beyond
// the group's count is zero.
void Read(const float* images, Group group, const Tile& tile);

// Writes planes [maps, places] of vectors to images [N, maps, places].
void Write(const Vector* planes, int64_t maps, int64_t places, Group group, float* images);

}  // namespace dl::few_channels

#endif  // MODULES_PRIMITIVES_INTERNAL_IMAGE_TILE_H_
