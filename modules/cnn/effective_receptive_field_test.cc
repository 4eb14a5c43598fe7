#include "modules/cnn/effective_receptive_field.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/cnn/ops.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

Tensor Box() { return Tensor::Full({1, 1, 3, 3}, 1.0 / 9); }

// `depth` means over 3x3 windows.
std::function<Variable(const Variable&)> Means(int depth) {
  return [depth](const Variable& x) {
    Variable y = x;
    for (int i = 0; i < depth; ++i) y = Convolution(y, Box(), {.padding = 1});
    return y;
  };
}

TEST(EffectiveReceptiveFieldTest, OneMeanSeesItsWindow) {
  Random random(1);
  const Tensor influence = CenterInfluence(Means(1), testing::RandomTensor({2, 1, 7, 7}, 1), random);
  for (int64_t i = 0; i < 49; ++i) {
    const bool inside = std::abs(i / 7 - 3) <= 1 && std::abs(i % 7 - 3) <= 1;
    EXPECT_EQ(influence.data_f64()[i] > 0, inside) << i;
  }
  const InfluenceSize size = SizeOf(influence);
  EXPECT_NEAR(size.spread, std::sqrt(2.0 / 3), 1e-6);
  EXPECT_EQ(size.side, 3);
}

// Each mean adds the variance of three equal places, 2/3.
TEST(EffectiveReceptiveFieldTest, VariancesOfMeansAddUp) {
  Random random(1);
  for (int depth : {2, 5, 9}) {
    const int64_t side = 2 * depth + 3;
    const Tensor influence = CenterInfluence(Means(depth), testing::RandomTensor({1, 1, side, side}, 1), random);
    EXPECT_NEAR(SizeOf(influence).spread, std::sqrt(depth * 2.0 / 3), 1e-5) << depth;
  }
}

TEST(EffectiveReceptiveFieldTest, SizesOfKnownMaps) {
  Tensor even = Tensor::Full({6, 6}, 2, DType::kF64);
  EXPECT_NEAR(SizeOf(even).spread, std::sqrt(35.0 / 12), 1e-12);  // of six equal places: (6² - 1) / 12
  EXPECT_EQ(SizeOf(even).side, 6);
  even.mutable_data_f64()[0] = 2 / 0.05;  // the others now have 5 % of the largest
  EXPECT_EQ(SizeOf(even).side, 6);
  even.mutable_data_f64()[0] = 2 / 0.04;
  EXPECT_EQ(SizeOf(even).side, 1);
  EXPECT_EQ(SizeOf(Tensor::Zeros({3, 3}, DType::kF64)).spread, 0);
}

// Channels that pull in opposite directions matter as much as if they agreed.
TEST(EffectiveReceptiveFieldTest, TakesDerivativesWithoutTheirSign) {
  const Tensor w = Tensor::Of({1, 2, 1, 1}, {3, -3});
  Random random(1);
  const Tensor influence = CenterInfluence([&](const Variable& x) { return Convolution(x, w); },
                                           testing::RandomTensor({1, 2, 1, 1}, 1), random);
  Random again(1);
  EXPECT_NEAR(influence.data_f64()[0], 3 * std::abs(again.Normal()), 1e-6);
}

TEST(EffectiveReceptiveFieldTest, IsAMeanOverImagesAndChannels) {
  // y = x[channel 0] · 3: channel 1 does not matter.
  const Tensor w = Tensor::Of({1, 2, 1, 1}, {3, 0});
  Random random(1);
  const Tensor influence = CenterInfluence([&](const Variable& x) { return Convolution(x, w); },
                                           testing::RandomTensor({1, 2, 1, 1}, 1), random);
  Random again(1);
  EXPECT_NEAR(influence.data_f64()[0], 1.5 * std::abs(again.Normal()), 1e-6);
}

}  // namespace
}  // namespace dl
