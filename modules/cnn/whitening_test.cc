#include "modules/cnn/whitening.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/primitives/convolution.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

// Images whose neighbours are alike: sums of a few waves, three channels that share them, and a little noise.
Tensor SmoothImages(int64_t count, uint64_t seed) {
  Tensor images({count, 3, 8, 8});
  Random random(seed);
  for (int64_t n = 0; n < count; ++n) {
    const float fx = random.Uniform(0, 0.8f), fy = random.Uniform(0, 0.8f), phase = random.Uniform(0, 6.28f);
    for (int64_t i = 0; i < 192; ++i) {
      const auto x = static_cast<float>(i % 8), y = static_cast<float>(i / 8 % 8), c = static_cast<float>(i / 64);
      images.mutable_data()[n * 192 + i] = std::sin(fx * x + fy * y + phase + 0.3f * c) + 0.3f * random.Normal();
    }
  }
  return images;
}

TEST(WhiteningTest, OutputsAreUncorrelatedAndOfOneSize) {
  const Tensor images = SmoothImages(300, 1);
  const Tensor y = ToPlain(Convolution(images, WhiteningFilters(images, 2, 0), Tensor()));
  ASSERT_EQ(y.shape(), (Shape{300, 24, 7, 7}));
  const int64_t places = 49;
  for (int64_t a = 0; a < 12; ++a) {
    for (int64_t b = 0; b < 12; ++b) {
      double product = 0;
      for (int64_t n = 0; n < 300; ++n) {
        for (int64_t p = 0; p < places; ++p) {
          product += static_cast<double>(y.data()[(n * 24 + a) * places + p]) * y.data()[(n * 24 + b) * places + p];
        }
      }
      EXPECT_NEAR(product / (300 * 49), a == b, 1e-4) << a << ", " << b;
    }
  }
}

TEST(WhiteningTest, LargestFirstAndThenTheNegatives) {
  const Tensor filters = WhiteningFilters(SmoothImages(100, 2), 2);
  const auto square = [&](int64_t k) {
    double sum = 0;
    for (int64_t i = 0; i < 12; ++i) sum += std::pow(filters.data()[k * 12 + i], 2);
    return sum;  // 1 / (λ + epsilon)
  };
  for (int64_t k = 1; k < 12; ++k) EXPECT_GE(square(k), square(k - 1));
  EXPECT_GT(square(11), 10 * square(0));
  for (int64_t i = 0; i < 144; ++i) EXPECT_EQ(filters.data()[144 + i], -filters.data()[i]);
}

TEST(WhiteningTest, EpsilonBoundsTheFilters) {
  const Tensor filters = WhiteningFilters(Tensor::Zeros({2, 1, 4, 4}), 2);  // no variance at all
  for (int64_t k = 0; k < 4; ++k) {
    EXPECT_FLOAT_EQ(std::abs(filters.data()[k * 5]), 1 / std::sqrt(5e-4f));
  }
}

TEST(WhiteningTest, OnlyTheBiasIsAParameter) {
  Random random(1);
  Whitening2d layer(SmoothImages(10, 3), 2, random);
  ASSERT_EQ(layer.Parameters().size(), 1u);
  EXPECT_EQ(layer.Parameters()[0].name, "bias");
  EXPECT_EQ(layer.Buffers()[0].variable.shape(), (Shape{24, 3, 2, 2}));
  float largest = 0;
  for (float b : layer.Parameters()[0].variable.value().values()) largest = std::max(largest, std::abs(b));
  EXPECT_LE(largest, 1 / std::sqrt(12.0f));
  EXPECT_GT(largest, 0.8f / std::sqrt(12.0f));
  const Variable y = layer.Forward(SmoothImages(2, 4), {});
  EXPECT_EQ(y.shape(), (Shape{2, 24, 7, 7}));
  EXPECT_FLOAT_EQ(Gradients(Sum(y), Variables(layer))[0].data()[5], 2 * 49);
}

TEST(WhiteningDeathTest, TheKernelMustFit) {
  EXPECT_DEATH(WhiteningFilters(Tensor::Zeros({2, 3, 1, 8}), 2), "images are \\[2, 3, 1, 8\\], the kernel is 2");
}

}  // namespace
}  // namespace dl
