#include "modules/cnn/experiments/strided_net.h"

#include <algorithm>
#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

Tensor Images(const Shape& shape) {
  Random random(3);
  return NormalInit(1)(shape, random);
}

TEST(StridedNetTest, HalvesImagesOfAnySideAtEveryConvolution) {
  Random random(1);
  Sequential net = StridedNet(random, {.image = {1, 28, 27}, .classes = 7, .widths = {4, 6}, .norm = Norm::kNone});
  EXPECT_EQ(ParameterCount(net), (9 * 4 + 4) + (4 * 9 * 6 + 6) + (6 * 7 * 7 * 7 + 7));
  EXPECT_EQ(net.Forward(Images({5, 1, 28, 27}), {}).shape(), (Shape{5, 7}));
}

TEST(StridedNetTest, BatchNormTakesTheConvolutionsBiases) {
  Random random(1);
  Sequential net = StridedNet(random, {.image = {1, 8, 8}, .classes = 2, .widths = {4}});
  EXPECT_EQ(ParameterCount(net), 9 * 4 + 2 * 4 + (4 * 4 * 4 * 2 + 2));
  EXPECT_EQ(net.Children()[1].layer->Buffers().size(), 2u);
}

TEST(StridedNetTest, GroupNormLooksAtOneExampleOnly) {
  Random random(1), noise(2);
  Sequential net = StridedNet(random, {.image = {1, 8, 8}, .widths = {8, 12}, .norm = Norm::kGroup});
  const Tensor x = Images({2, 1, 8, 8});
  Tensor first({1, 1, 8, 8});
  std::copy(x.data(), x.data() + 64, first.mutable_data());
  const Tensor both = net.Forward(x, {.training = true, .random = &noise}).value();
  const Tensor alone = net.Forward(first, {}).value();
  const Tensor normal = ToPlain(net.Outputs(x, {})[1].value());  // 8 maps of 4x4, one group
  double first_map = 0, group = 0;
  for (int k = 0; k < 16; ++k) first_map += normal.data()[k] / 16;
  for (int k = 0; k < 8 * 16; ++k) group += normal.data()[k] / 128;
  EXPECT_NEAR(group, 0, 1e-5);
  EXPECT_GT(std::abs(first_map), 1e-2);
  for (int k = 0; k < 10; ++k) EXPECT_NEAR(both.data()[k], alone.data()[k], 1e-5);
}

TEST(StridedNetTest, EachDropoutChangesTrainingOnly) {
  const Tensor x = Images({4, 3, 8, 8});
  const auto first_output = [&](const StridedNetOptions& options, bool training) {
    Random random(1), noise(2);
    Sequential net = StridedNet(random, options);
    return ToPlain(net.Forward(x, {.training = training, .random = &noise}).value()).data()[0];
  };
  const StridedNetOptions plain = {.image = {3, 8, 8}, .widths = {4, 4}, .norm = Norm::kNone};
  StridedNetOptions elements = plain, maps = plain, inputs = plain;
  elements.drop_elements = maps.drop_maps = inputs.drop_inputs = 0.5f;
  EXPECT_EQ(first_output(plain, true), first_output(plain, false));
  for (const StridedNetOptions& options : {elements, maps, inputs}) {
    EXPECT_EQ(first_output(options, false), first_output(plain, false));
    EXPECT_NE(first_output(options, true), first_output(plain, true));
  }
  EXPECT_NE(first_output(elements, true), first_output(maps, true));
}

TEST(StridedNetTest, NormalisationsHaveNames) {
  for (const std::string& name : NormNames()) EXPECT_TRUE(ParseNorm(name).ok()) << name;
  EXPECT_EQ(*ParseNorm("batch"), Norm::kBatch);
  EXPECT_EQ(ParseNorm("bach").status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace dl
