#include "modules/primitives/convolution_shape.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(ConvolutionShapeTest, FollowsTheRule) {
  EXPECT_EQ(ConvolutionShape({2, 3, 9, 8}, {16, 3, 3, 3}, {.padding = 1}), (Shape{2, 16, 9, 8}));
  EXPECT_EQ(ConvolutionShape({2, 3, 9, 8}, {16, 3, 3, 3}, {.stride = 2}), (Shape{2, 16, 4, 3}));  // rounded down
  EXPECT_EQ(ConvolutionShape({2, 4, 9, 9}, {6, 2, 3, 2}, {.dilation = 3, .groups = 2}), (Shape{2, 6, 3, 6}));
}

TEST(ConvolutionShapeDeathTest, AMistakeNamesShapesAndRule) {
  EXPECT_DEATH(ConvolutionShape({1, 3, 8, 8}, {4, 2, 3, 3}, {}), "x.dim\\(1\\) must equal w.dim\\(1\\) times groups");
  EXPECT_DEATH(ConvolutionShape({1, 3, 8, 8}, {4, 3, 9, 9}, {}), "the window must fit into x");
  EXPECT_DEATH(ConvolutionShape({1, 3, 8, 8}, {4, 3, 3, 3}, {.stride = 0}), "stride 0");
  EXPECT_DEATH(ConvolutionShape({3, 8, 8}, {4, 3, 3, 3}, {}), "both must have rank 4");
}

}  // namespace
}  // namespace dl
