#include "modules/cnn/saliency.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/linear.h"
#include "modules/cnn/conv2d.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// Two channels of 2 x 2 pixels; scores of two classes, class 1's weights as given.
Linear Reader(const std::vector<float>& weights) {
  Random random(1);
  const auto inputs = static_cast<int64_t>(weights.size());
  Linear reader(inputs, 2, random);
  std::vector<float> w(weights.size(), 0);
  w.insert(w.end(), weights.begin(), weights.end());
  reader.Parameters()[0].variable.mutable_value() = Tensor::Of({2, inputs}, w);
  return reader;
}

void ExpectMap(const Tensor& map, const std::vector<float>& expected) {
  ASSERT_EQ(map.size(), static_cast<int64_t>(expected.size()));
  for (size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(map.data()[i], expected[i], 1e-5) << i;
}

TEST(SaliencyTest, AGradientsMapIsTheLargestSizeOverTheChannels) {
  Linear reader = Reader({1, -2, 3, 0, -4, 1, 0, 0});
  const Tensor x = testing::RandomTensor({1, 2, 2, 2}, 1);
  const Tensor map = GradientMap(reader, x, 1);
  EXPECT_EQ(map.shape(), (Shape{2, 2}));
  ExpectMap(map, {4, 2, 3, 0});
  ExpectMap(GradientMap(reader, x, 0), {0, 0, 0, 0});
  ExpectMap(SmoothGradMap(reader, x, 1, Random(1)), {4, 2, 3, 0});  // of a linear score no noise changes anything
}

// A ReLU at 0 has a derivative of 0 or 1; noise makes it about the half, with the sign kept until the mean is taken.
TEST(SaliencyTest, SmoothGradIsTheMeanOverNoise) {
  Random random(1);
  Sequential model;
  model.Add(Activation(Elementwise::kReLU));
  model.Add(Reader({1, -1}));
  const Tensor x = Tensor::Of({1, 1, 1, 2}, {0, 1});
  ExpectMap(GradientMap(model, x, 1), {0, 1});
  const Tensor map = SmoothGradMap(model, x, 1, Random(3), {.copies = 2000, .noise = 0.1});
  EXPECT_NEAR(map.data()[0], 0.5, 0.05);
  EXPECT_NEAR(map.data()[1], 1, 1e-5);
  ExpectMap(SmoothGradMap(model, x, 1, Random(3), {.copies = 5, .noise = 0}), {0, 1});
}

// Two maps; the score is the sum of the first less that of the second.
TEST(SaliencyTest, GradCamWeighsMapsByTheirMeanDerivative) {
  Random random(1);
  Sequential model;
  model.Add(Conv2d(1, 2, 1, random, {.bias = false}));
  model.Add(Reader({1, 1, 1, 1, -2, -2, -2, -2}));
  model.layers()[0]->Parameters()[0].variable.mutable_value() = Tensor::Of({2, 1, 1, 1}, {3, 1});
  const Tensor x = Tensor::Of({1, 1, 2, 2}, {1, 0, 2, -4});
  ExpectMap(GradCamMap(model, x, 1, 0), {1, 0, 2, 0});  // 1 · 3x - 2 · x, where it is positive
}

TEST(SaliencyTest, GradCamIsEnlargedBetweenItsPlaces) {
  Random random(1);
  Sequential model;
  model.Add(AveragePool2d({.kernel = 2}));
  model.Add(Reader({1, 1}));
  const Tensor x = Tensor::Of({1, 1, 2, 4}, {0, 0, 4, 4, 0, 0, 4, 4});
  ExpectMap(GradCamMap(model, x, 1, 0), {0, 1, 3, 4, 0, 1, 3, 4});
}

TEST(SaliencyTest, OcclusionIsTheMeanFallOfTheScoreOverTheSquares) {
  Linear reader = Reader({1, 2, 3, 4, 5, 6, 7, 8, 9});
  const Tensor x = Tensor::Of({1, 1, 3, 3}, {1, 1, 1, 1, 1, 1, 1, 1, 1});
  ExpectMap(OcclusionMap(reader, x, 1, {.side = 1, .stride = 1}), {1, 2, 3, 4, 5, 6, 7, 8, 9});
  // Squares of four at the corners: 12, 16, 24 and 28.
  ExpectMap(OcclusionMap(reader, x, 1, {.side = 2, .stride = 2}), {12, 14, 16, 18, 20, 22, 24, 26, 28});
  ExpectMap(OcclusionMap(reader, x, 0, {.side = 2, .stride = 1}), std::vector<float>(9, 0));
}

TEST(SaliencyTest, OcclusionHidesAllChannels) {
  Linear reader = Reader({1, 2, 10, 20});
  const Tensor x = Tensor::Of({1, 2, 1, 2}, {1, 1, 1, -1});
  ExpectMap(OcclusionMap(reader, x, 1, {.side = 1, .stride = 1}), {11, -18});
}

}  // namespace
}  // namespace dl
