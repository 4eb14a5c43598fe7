#include "modules/primitives/pooling_shape.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(PoolingShapeTest, ShapesFollowTheRule) {
  EXPECT_EQ(PoolingShape({1, 1, 6, 6}, {.kernel = 3, .stride = 2}), (Shape{1, 1, 2, 2}));
  EXPECT_EQ(PoolingShape({1, 1, 6, 6}, {.kernel = 3, .stride = 2, .ceil_mode = true}), (Shape{1, 1, 3, 3}));
  // The last of five windows would start at 7, beyond the end.
  EXPECT_EQ(PoolingShape({1, 1, 6, 6}, {.kernel = 2, .stride = 2, .padding = 1, .ceil_mode = true}),
            (Shape{1, 1, 4, 4}));
  EXPECT_EQ(PoolingShape({2, 3, 8, 5}, {.kernel = kWholeMap, .stride = 1}), (Shape{2, 3, 1, 1}));
}

TEST(PoolingShapeDeathTest, AMistakeNamesTheRule) {
  EXPECT_DEATH(PoolingShape({1, 2, 4, 4}, {.kernel = 5}), "the window of 5 must fit");
  EXPECT_DEATH(PoolingShape({1, 2, 4, 4}, {.kernel = 2, .padding = 2}), "less than the kernel");
}

}  // namespace
}  // namespace dl
