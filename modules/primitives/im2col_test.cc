#include "modules/primitives/im2col.h"

#include "gtest/gtest.h"
#include "modules/primitives/reference/convolution.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::FromTensor;
using testing::RandomTensor;
using testing::RelativeL2;

TEST(Im2ColTest, ColumnsAreWindows) {
  // 1 2 3
  // 4 5 6
  const Tensor x = Tensor::Of({2, 1, 2, 3}, {0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6});
  const Tensor columns = Im2Col(x, 1, {1, 1, 2, 2});
  EXPECT_EQ(columns.shape(), (Shape{4, 2}));
  EXPECT_EQ(std::vector<float>(columns.values().begin(), columns.values().end()),
            (std::vector<float>{1, 2, 2, 3, 4, 5, 5, 6}));
}

TEST(Im2ColTest, BeyondTheBorderThereAreZeros) {
  const Tensor columns = Im2Col(Tensor::Of({1, 1, 1, 2}, {7, 8}), 0, {1, 1, 1, 3}, {.padding = 1});
  // Three rows of output, of which the image reaches the middle one.
  EXPECT_EQ(columns.shape(), (Shape{3, 6}));
  EXPECT_EQ(std::vector<float>(columns.values().begin(), columns.values().end()),
            (std::vector<float>{0, 0, 0, 7, 0, 0, 0, 0, 7, 8, 0, 0, 0, 0, 8, 0, 0, 0}));
}

TEST(Im2ColTest, TheProductIsTheConvolution) {
  const Tensor x = RandomTensor({3, 5, 9, 7}, 1), w = RandomTensor({4, 5, 3, 2}, 2);
  for (const ConvolutionOptions& options :
       {ConvolutionOptions{}, ConvolutionOptions{.padding = 1}, ConvolutionOptions{.stride = 2, .padding = 1},
        ConvolutionOptions{.stride = 3}, ConvolutionOptions{.padding = 2, .dilation = 2},
        ConvolutionOptions{.stride = 2, .padding = 4, .dilation = 3}}) {
    const auto twin = reference::Convolution(FromTensor<double>(x), FromTensor<double>(w), {}, options);
    EXPECT_LT(RelativeL2(ConvolutionByIm2Col(x, w, options), twin), testing::kF32Tolerance) << options.stride << " "
        << options.padding << " " << options.dilation;
  }
}

TEST(Im2ColDeathTest, WhatItDoesNotDo) {
  EXPECT_DEATH(Im2Col(Tensor::Zeros({1, 2, 3, 3}), 0, {2, 1, 3, 3}, {.groups = 2}), "there are 2 groups");
  EXPECT_DEATH(Im2Col(Tensor::Zeros({1, 2, 3, 3}), 1, {2, 2, 3, 3}), "image 1 of");
}

}  // namespace
}  // namespace dl
