#include "modules/cnn/residual.h"

#include "gtest/gtest.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// With its last scale at zero a block adds nothing: what comes out is what went round it.
Tensor OnlyTheShortcut(const ResidualBlockOptions& options, const Tensor& x) {
  Random random(1);
  ResidualBlock block(options, random);
  for (Parameter& parameter : block.Parameters()) {
    if (parameter.name == "bn2.weight") parameter.variable.mutable_value() = Tensor::Zeros({options.outputs});
  }
  return ToPlain(block.Forward(x, {.training = true}).value());
}

TEST(ResidualBlockTest, AnInputOfTheSameShapeGoesRoundUnchanged) {
  const Tensor x = testing::RandomTensor({2, 16, 5, 5}, 1);
  const Tensor y = OnlyTheShortcut({.inputs = 16, .outputs = 16}, x);
  for (int64_t i = 0; i < x.size(); ++i) ASSERT_EQ(y.data()[i], std::max(x.data()[i], 0.0f));
}

TEST(ResidualBlockTest, PaddingTakesEverySecondPlaceAndAddsMapsOfZeros) {
  const Tensor x = testing::RandomTensor({1, 2, 5, 5}, 1);
  const Tensor y = OnlyTheShortcut({.inputs = 2, .outputs = 4, .stride = 2, .shortcut = Shortcut::kPadding}, x);
  ASSERT_EQ(y.shape(), (Shape{1, 4, 3, 3}));
  for (int64_t c = 0; c < 4; ++c) {
    for (int64_t i = 0; i < 3; ++i) {
      for (int64_t j = 0; j < 3; ++j) {
        const bool padding = c == 0 || c == 3;
        const float expected = padding ? 0.0f : std::max(x.data()[((c - 1) * 5 + 2 * i) * 5 + 2 * j], 0.0f);
        ASSERT_EQ(y.data()[(c * 3 + i) * 3 + j], expected) << c << " " << i << " " << j;
      }
    }
  }
}

TEST(ResidualBlockTest, OnlyAProjectionHasParameters) {
  Random random(1);
  const auto count = [&](Shortcut shortcut) {
    return ParameterCount(ResidualBlock({.inputs = 16, .outputs = 32, .stride = 2, .shortcut = shortcut}, random));
  };
  EXPECT_EQ(count(Shortcut::kPadding), count(Shortcut::kNone));
  EXPECT_EQ(count(Shortcut::kProjection), count(Shortcut::kPadding) + 16 * 32 + 2 * 32);
}

TEST(ResidualBlockTest, ABottleneckIsNarrowInTheMiddleAndHasItsStrideThere) {
  Random random(1);
  ResidualBlock block({.inputs = 8, .outputs = 16, .stride = 2, .bottleneck = 4}, random);
  std::vector<Shape> shapes;
  for (const NamedLayer& child : block.Children()) {
    if (child.name.rfind("conv", 0) == 0) shapes.push_back(child.layer->Parameters()[0].variable.shape());
  }
  EXPECT_EQ(shapes, (std::vector<Shape>{{4, 8, 1, 1}, {4, 4, 3, 3}, {16, 4, 1, 1}}));
  const Tensor x = testing::RandomTensor({2, 8, 6, 6}, 1);
  const std::vector<NamedLayer> children = block.Children();
  EXPECT_EQ(children[0].layer->Forward(x, {}).shape(), (Shape{2, 4, 6, 6}));
  EXPECT_EQ(block.Forward(x, {}).shape(), (Shape{2, 16, 3, 3}));
}

}  // namespace
}  // namespace dl
