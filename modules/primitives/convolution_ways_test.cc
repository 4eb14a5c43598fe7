#include "modules/primitives/convolution_ways.h"

#include "gtest/gtest.h"
#include "modules/primitives/convolution.h"
#include "modules/primitives/reference/convolution.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::FromTensor;

const ConvolutionWay& Way(const std::string& name) {
  for (const ConvolutionWay& way : ConvolutionWays()) {
    if (way.name == name) return way;
  }
  ADD_FAILURE() << "no way is called " << name;
  return ConvolutionWays().front();
}

TEST(ConvolutionWaysTest, AllComeToTheConvolution) {
  for (const ConvolutionOptions& options :
       {ConvolutionOptions{.padding = 1}, ConvolutionOptions{.stride = 2, .padding = 1},
        ConvolutionOptions{.padding = 2, .dilation = 2}, ConvolutionOptions{}}) {
    const ConvolutionTask task = {{2, 32, 9, 11}, {16, 32, 3, 3}, options};
    const Tensor x = testing::RandomTensor(task.x, 1), w = testing::RandomTensor(task.w, 2);
    const auto twin = reference::Convolution(FromTensor<double>(x), FromTensor<double>(w), {}, options);
    for (const ConvolutionWay& way : ConvolutionWays()) {
      if (!way.is_available(task)) continue;
      const auto compute = way.prepare(task, x, w);
      const double tolerance = way.name == "bf16" ? testing::kBF16Tolerance : 2 * testing::kF32Tolerance;
      EXPECT_LT(testing::RelativeL2(compute(), twin), tolerance) << way.name;
      EXPECT_LT(testing::RelativeL2(compute(), twin), tolerance) << way.name << ", again";
    }
  }
}

TEST(ConvolutionWaysTest, WinogradAndBF16RoundMoreThanDirectSums) {
  const ConvolutionTask task = {{1, 64, 16, 16}, {64, 64, 3, 3}, {.padding = 1}};
  const Tensor x = testing::RandomTensor(task.x, 1), w = testing::RandomTensor(task.w, 2);
  const auto twin = reference::Convolution(FromTensor<double>(x), FromTensor<double>(w), {}, task.options);
  const auto error = [&](const std::string& name) {
    return testing::RelativeL2(Way(name).prepare(task, x, w)(), twin);
  };
  if (Way("winograd").is_available(task)) {
    EXPECT_GT(error("winograd"), 1.5 * error("direct"));
  }
  if (Way("bf16").is_available(task)) {
    EXPECT_GT(error("bf16"), 1000 * error("direct"));
  }
}

TEST(ConvolutionWaysTest, OnlyThreeByThreeOfStrideOneHasWinograd) {
  EXPECT_FALSE(Way("winograd").is_available({{8, 64, 32, 32}, {64, 64, 1, 1}}));
  EXPECT_FALSE(Way("winograd").is_available({{8, 64, 32, 32}, {64, 64, 3, 3}, {.stride = 2, .padding = 1}}));
}

TEST(ConvolutionWaysTest, Costs) {
  const ConvolutionTask task = {{2, 64, 32, 32}, {32, 64, 3, 3}, {.padding = 1}};
  const double products = 2. * 32 * 32 * 32 * 64 * 9;
  for (const char* name : {"loops", "reordered", "im2col", "direct", "bf16"}) {
    EXPECT_EQ(Way(name).cost(task).multiplications, products) << name;
  }
  EXPECT_EQ(Way("winograd").cost(task).multiplications, products / 4);
  const double x = 2. * 64 * 32 * 32, w = 32. * 64 * 9, y = 2. * 32 * 32 * 32;
  EXPECT_EQ(Way("direct").cost(task).bytes, 4 * (x + w + y));
  EXPECT_EQ(Way("bf16").cost(task).bytes, 2 * (x + y) + 4 * w);
  EXPECT_EQ(Way("im2col").cost(task).bytes, 4 * (x + w + y) + 2 * 4 * 9 * x);
  EXPECT_EQ(Way("winograd").cost(task).bytes, 4 * (x + w + y) + 2 * 4 * 36 * (2. * 64 * (64 + 32) + 64 * 32));
}

}  // namespace
}  // namespace dl
