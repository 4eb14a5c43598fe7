#include "modules/primitives/layer_norm.h"

#include "gtest/gtest.h"
#include "modules/primitives/reference/layer_norm.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::Array;
using reference::FromTensor;

// A batch; several threads' worth of rows, of no round width; more than one strip; a sequence; one row.
const Shape kShapes[] = {{64, 128}, {700, 37}, {5, 300}, {2, 3, 16}, {33}};

class LayerNormTest : public ::testing::TestWithParam<Shape> {
 protected:
  const Shape shape = GetParam();
  const Tensor x = testing::RandomTensor(shape, 1);
  const Tensor scale = testing::RandomTensor({shape.back()}, 2);
  const Tensor shift = testing::RandomTensor({shape.back()}, 3);
  const Tensor dy = testing::RandomTensor(shape, 4);
  const float epsilon = 0.25f;  // large enough to be seen
};

TEST_P(LayerNormTest, ForwardEqualsItsTwin) {
  const auto expected = reference::LayerNorm<double>(FromTensor<double>(x), FromTensor<double>(scale),
                                                     FromTensor<double>(shift), epsilon);
  const LayerNormResult result = LayerNorm(x, scale, shift, epsilon);
  EXPECT_LE(testing::RelativeL2(result.y, expected.y), testing::kF32Tolerance);
  EXPECT_LE(testing::RelativeL2(result.mean, expected.mean), testing::kF32Tolerance);
  EXPECT_LE(testing::RelativeL2(result.variance, expected.variance), testing::kF32Tolerance);
}

TEST_P(LayerNormTest, BackwardEqualsItsTwin) {
  const auto expected = reference::LayerNormBackward<double>(FromTensor<double>(x), FromTensor<double>(scale),
                                                             FromTensor<double>(dy), epsilon);
  const LayerNormGradients result = LayerNormBackward(x, scale, LayerNorm(x, scale, shift, epsilon), dy, epsilon);
  EXPECT_LE(testing::RelativeL2(result.dx, expected.dx), testing::kF32Tolerance);
  EXPECT_LE(testing::RelativeL2(result.dscale, expected.dscale), testing::kF32Tolerance);
  EXPECT_LE(testing::RelativeL2(result.dshift, expected.dshift), testing::kF32Tolerance);
}

TEST_P(LayerNormTest, F64IsTheTwin) {
  using testing::IsExactly;
  const Tensor x = testing::RandomF64Tensor(shape, 1), dy = testing::RandomF64Tensor(shape, 4);
  const Tensor scale = testing::RandomF64Tensor({shape.back()}, 2), shift = testing::RandomF64Tensor({shape.back()}, 3);
  const auto ax = FromTensor<double>(x), by = FromTensor<double>(scale);
  const auto expected = reference::LayerNorm<double>(ax, by, FromTensor<double>(shift), epsilon);
  const LayerNormResult result = LayerNorm(x, scale, shift, epsilon);
  EXPECT_TRUE(IsExactly(result.y, expected.y));
  EXPECT_TRUE(IsExactly(result.mean, expected.mean));
  EXPECT_TRUE(IsExactly(result.variance, expected.variance));
  const auto slopes = reference::LayerNormBackward<double>(ax, by, FromTensor<double>(dy), epsilon);
  const LayerNormGradients gradients = LayerNormBackward(x, scale, result, dy, epsilon);
  EXPECT_TRUE(IsExactly(gradients.dx, slopes.dx));
  EXPECT_TRUE(IsExactly(gradients.dscale, slopes.dscale));
  EXPECT_TRUE(IsExactly(gradients.dshift, slopes.dshift));
}

INSTANTIATE_TEST_SUITE_P(All, LayerNormTest, ::testing::ValuesIn(kShapes));

TEST(LayerNormTwinTest, DerivativesAreTheSlopes) {
  const Array<double> x = testing::RandomArray({3, 5}, 1), dy = testing::RandomArray({3, 5}, 2);
  const Array<double> scale = testing::RandomArray({5}, 3), shift = testing::RandomArray({5}, 4);
  const double epsilon = 0.25;
  const auto gradients = reference::LayerNormBackward(x, scale, dy, epsilon);
  const auto of_x = [&](const Array<double>& p) { return reference::LayerNorm(p, scale, shift, epsilon).y; };
  const auto of_scale = [&](const Array<double>& p) { return reference::LayerNorm(x, p, shift, epsilon).y; };
  const auto of_shift = [&](const Array<double>& p) { return reference::LayerNorm(x, scale, p, epsilon).y; };
  EXPECT_LE(testing::RelativeL2(gradients.dx, testing::NumericalGradient(of_x, x, dy)), 1e-7);
  EXPECT_LE(testing::RelativeL2(gradients.dscale, testing::NumericalGradient(of_scale, scale, dy)), 1e-7);
  EXPECT_LE(testing::RelativeL2(gradients.dshift, testing::NumericalGradient(of_shift, shift, dy)), 1e-7);
}

TEST(LayerNormEdgeTest, NoRowsAreNoRows) {
  const Tensor x = Tensor::Zeros({0, 3}), scale = Tensor::Full({3}, 1);
  EXPECT_EQ(LayerNorm(x, scale, scale).y.size(), 0);
  EXPECT_EQ(LayerNormBackward(x, scale, LayerNorm(x, scale, scale), x).dshift.values(), Tensor::Zeros({3}).values());
}

TEST(LayerNormDeathTest, NamesTheMistake) {
  const Tensor x = Tensor::Zeros({2, 3}), scale = Tensor::Zeros({3}), wide = Tensor::Zeros({4});
  EXPECT_DEATH(LayerNorm(x, wide, wide), "x is \\[2, 3\\], scale is \\[4\\]; it must be \\[3\\]");
  EXPECT_DEATH(LayerNorm(x, scale, wide), "scale is \\[3\\], shift is \\[4\\]");
  EXPECT_DEATH(LayerNorm(Tensor({2, 3}, DType::kBF16), scale, scale), "x is bf16");
  EXPECT_DEATH(LayerNormBackward(x, scale, LayerNorm(x, scale, scale), scale), "x is \\[2, 3\\], dy is \\[3\\]");
  EXPECT_DEATH(LayerNormBackward(x, scale, LayerNorm(Tensor::Zeros({5, 3}), scale, scale), x), "mean is \\[5\\]");
}

}  // namespace
}  // namespace dl
