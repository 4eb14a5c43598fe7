#include "modules/primitives/internal/image_tile.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "modules/primitives/allocator.h"
#include "modules/primitives/testing.h"

namespace dl::interleaved {
namespace {

// 21 images, so that the second group has five; 5 x 7 places, so that runs of 16 do not come out even.
class ImageTileTest : public ::testing::Test {
 protected:
  const Tensor x = testing::RandomTensor({21, 3, 5, 7}, 1);
  const Tensor y = onednn::InOrder(x, DescOf(x.shape()));

  // Whether each place holds the right element of x, or zero.
  void ExpectRight(const Tile& tile, int64_t group) const {
    for (int64_t map = 0; map < tile.maps; ++map)
      for (int64_t h = 0; h < tile.height; ++h)
        for (int64_t v = 0; v < tile.width; ++v)
          for (int64_t lane = 0; lane < kLanes; ++lane) {
            const int64_t row = h - tile.first_row, column = v - tile.first_column, image = group * kLanes + lane;
            const bool used = row >= 0 && column >= 0 && row % tile.step == 0 && column % tile.step == 0 &&
                              row / tile.step < 5 && column / tile.step < 7 && image < 21;
            const float expected =
                used ? x.data()[((image * 3 + map) * 5 + row / tile.step) * 7 + column / tile.step] : 0;
            ASSERT_EQ((*tile.at(map, h, v))[lane], expected) << map << " " << h << " " << v << " " << lane;
          }
  }
};

TEST_F(ImageTileTest, BothOrdersFillPaddedAndSpreadTiles) {
  const Tile shapes[] = {
      {.maps = 3, .height = 5, .width = 7, .used_height = 5, .used_width = 7},
      {.maps = 3, .height = 8, .width = 11, .first_row = 2, .first_column = 3, .used_height = 5, .used_width = 7},
      {.maps = 3, .height = 13, .width = 15, .first_row = 1, .step = 2, .used_height = 5, .used_width = 7}};
  for (const Tile& shape : shapes) {
    for (const Tensor* from : {&x, &y}) {
      const int64_t vectors = ScratchVectors(shape, *from);
      const auto memory = AllocateBytes(vectors * sizeof(Vector));
      Vector* scratch = reinterpret_cast<Vector*>(memory.get());
      std::fill_n(scratch, vectors, Vector{});
      for (int64_t group = 0; group < 2; ++group) ExpectRight(Fill(shape, *from, group, scratch), group);
    }
  }
}

TEST_F(ImageTileTest, AWholeInterleavedGroupIsNotCopied) {
  const Tile shape = {.maps = 3, .height = 5, .width = 7, .used_height = 5, .used_width = 7};
  EXPECT_EQ(ScratchVectors(shape, y), 0);
  EXPECT_EQ(Fill(shape, y, 1, nullptr).data, Vectors(y) + 3 * 5 * 7);
}

}  // namespace
}  // namespace dl::interleaved
