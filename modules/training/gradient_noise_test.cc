#include "modules/training/gradient_noise.h"

#include <vector>

#include "datasets/points.h"
#include "gtest/gtest.h"
#include "modules/backprop/mlp.h"

namespace dl {
namespace {

// Points (x, y) of two classes, and a network of one layer whose weights are 0: each class has probability 1/2, so the
// gradient of one example is (p - t) x for the weights and p - t for the biases, with p - t = ±1/2.
Dataset Points(const std::vector<float>& values, const std::vector<int32_t>& labels) {
  return {.name = "points", .example_shape = {2}, .values = values, .labels = labels, .class_names = {"a", "b"}};
}

Sequential ZeroLine() {
  Random random(1);
  return Mlp({2, 2}, Elementwise::kReLU, random, ZeroInit);
}

// Both examples at (3, 4), of either class: their gradients are opposite, each of the squared norm
// 2 · (1/2)² · (3² + 4² + 1) = 13, and cancel.
TEST(GradientNoiseTest, OppositeGradientsAreAllNoise) {
  Sequential model = ZeroLine();
  const Dataset data = Points({3, 4, 3, 4}, {0, 1});
  const GradientNoise noise(model, data, {});
  EXPECT_NEAR(noise.squared_norm(), 0, 1e-12);
  EXPECT_NEAR(noise.trace(), 13, 1e-5);
}

// Of (3, 4) twice and (0, 0) once, of one class: 13, 13 and 1/2 are the squared norms. G is their mean; |G|² =
// 2 · (1/2)² · (2² + (8/3)² + 1) = 109/18, and tr(Σ) = (13 + 13 + 1/2)/3 - 109/18 = 50/18.
TEST(GradientNoiseTest, KnownValues) {
  Sequential model = ZeroLine();
  const Dataset data = Points({3, 4, 3, 4, 0, 0}, {0, 0, 0});
  const GradientNoise noise(model, data, {});
  EXPECT_NEAR(noise.squared_norm(), 109.0 / 18, 1e-5);
  EXPECT_NEAR(noise.trace(), 50.0 / 18, 1e-5);
  EXPECT_NEAR(noise.scale(), 50.0 / 109, 1e-6);
}

TEST(GradientNoiseTest, TheVarianceFallsAsTheBatchGrows) {
  const Dataset moons = MakeMoons({.count = 700}, Random(1));  // more than one forward pass takes
  Random random(2);
  Sequential model = Mlp({2, 8, 2}, Elementwise::kTanh, random);
  const GradientNoise noise(model, moons, {});
  for (const int64_t batch_size : {1, 4, 64}) {
    const double expected = noise.trace() / static_cast<double>(batch_size);
    EXPECT_NEAR(noise.Variance(batch_size, 2000, Random(3)), expected, 0.08 * expected) << batch_size;
  }
  EXPECT_NE(noise.Variance(4, 10, Random(3)), noise.Variance(4, 10, Random(4)));
}

TEST(GradientNoiseTest, EqualExamplesHaveNone) {
  Sequential model = ZeroLine();
  const Dataset data = Points({1, 2, 1, 2, 1, 2}, {1, 1, 1});
  const GradientNoise noise(model, data, {});
  EXPECT_NEAR(noise.trace(), 0, 1e-10);
  EXPECT_NEAR(noise.Variance(2, 5, Random(1)), 0, 1e-10);
  EXPECT_GT(noise.squared_norm(), 1);
}

}  // namespace
}  // namespace dl
