// The maps of one group of 16 images with whatever surrounds them: what the kernels of correlation.h slide over.
#ifndef MODULES_PRIMITIVES_INTERNAL_IMAGE_TILE_H_
#define MODULES_PRIMITIVES_INTERNAL_IMAGE_TILE_H_

#include <cstdint>

#include "modules/primitives/internal/interleaved.h"

namespace dl::interleaved {

// Element (map, row, column) is one vector. Only rows first_row, first_row + step, ... and columns likewise hold
// anything but zero: the rest is padding, and the places between the elements of a strided gradient.
struct Tile {
  int64_t maps, height, width;
  int64_t first_row = 0, first_column = 0, step = 1;
  int64_t used_height, used_width;  // how many rows and columns are not zero
  const Vector* data = nullptr;

  int64_t vectors() const { return maps * height * width; }
  int64_t used_vectors() const { return maps * used_height * used_width; }
  bool all_used() const { return used_vectors() == vectors(); }
  const Vector* at(int64_t map, int64_t row, int64_t column) const {
    return data + (map * height + row) * width + column;
  }
  bool UsedRow(int64_t row) const {
    return row >= first_row && (row - first_row) % step == 0 && row - first_row < used_height * step;
  }
};

// How many vectors of scratch memory Fill needs: none where all of the tile is used and x can serve as it is.
int64_t ScratchVectors(const Tile& shape, const Tensor& x);

// The tile of `shape` that holds group g of x [N, maps, used_height, used_width], which is interleaved or in row-major
// order. `scratch` holds ScratchVectors(shape, x) zeros, or what Fill left there for another group; the result refers
// to it or to x.
Tile Fill(const Tile& shape, const Tensor& x, int64_t g, Vector* scratch);

}  // namespace dl::interleaved

#endif  // MODULES_PRIMITIVES_INTERNAL_IMAGE_TILE_H_
