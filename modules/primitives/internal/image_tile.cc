#include "modules/primitives/internal/image_tile.h"

#include <algorithm>
#include <cstring>
#include "modules/primitives/internal/multiversion.h"

namespace dl::interleaved {
namespace {

// The vectors of places `place`, ..., place + run - 1 of one map, from `count` images that lie `image` floats apart.
inline void Gather(const float* first, int64_t image, int64_t count, int64_t run, Vector (&rows)[kLanes]) {
  if (run == kLanes && count == kLanes) {
#pragma GCC unroll 16
    for (int lane = 0; lane < kLanes; ++lane) std::memcpy(&rows[lane], first + lane * image, sizeof(Vector));
  } else {
    for (Vector& row : rows) row = Vector{};
    for (int64_t lane = 0; lane < count; ++lane) std::memcpy(&rows[lane], first + lane * image, run * sizeof(float));
  }
  Transpose(rows);
}

// Fills the used places of the tile `to` from row-major images.
DL_MULTIVERSION DL_FLATTEN
void FillFromPlain(const Tile& shape, const float* images, int64_t count, Vector* to) {
  const int64_t places = shape.used_height * shape.used_width, image = shape.maps * places;
  for (int64_t map = 0; map < shape.maps; ++map) {
    for (int64_t start = 0; start < places; start += kLanes) {
      // A last run of less than 16 places goes back over some of the run before.
      const int64_t run = std::min(places, kLanes), place = std::min(start, places - run);
      Vector rows[kLanes];
      Gather(images + map * places + place, image, count, run, rows);
      int64_t h = place / shape.used_width, w = place % shape.used_width;
      for (int64_t i = 0; i < run; ++i) {
        const int64_t row = shape.first_row + h * shape.step, column = shape.first_column + w * shape.step;
        to[(map * shape.height + row) * shape.width + column] = rows[i];
        if (++w == shape.used_width) w = 0, ++h;
      }
    }
  }
}

// Fills the used places of the tile `to` from a group of an interleaved tensor.
void FillFromGroup(const Tile& shape, const Vector* from, Vector* to) {
  for (int64_t map = 0; map < shape.maps; ++map) {
    for (int64_t h = 0; h < shape.used_height; ++h) {
      Vector* row = to + (map * shape.height + shape.first_row + h * shape.step) * shape.width + shape.first_column;
      for (int64_t w = 0; w < shape.used_width; ++w) row[w * shape.step] = *from++;
    }
  }
}

}  // namespace

int64_t ScratchVectors(const Tile& shape, const Tensor& x) {
  return shape.all_used() && !x.is_plain() ? 0 : shape.vectors();
}

Tile Fill(const Tile& shape, const Tensor& x, int64_t g, Vector* scratch) {
  Tile tile = shape;
  tile.data = scratch;
  const int64_t images = std::min(kLanes, x.dim(0) - g * kLanes);
  if (x.is_plain()) {
    FillFromPlain(shape, x.data() + g * kLanes * shape.used_vectors(), images, scratch);
  } else if (ScratchVectors(shape, x) == 0) {
    tile.data = Vectors(x) + g * shape.vectors();
  } else {
    FillFromGroup(shape, Vectors(x) + g * shape.used_vectors(), scratch);
  }
  return tile;
}

}  // namespace dl::interleaved
