#include "modules/training/update_ratio.h"

#include <cmath>

#include "datasets/points.h"
#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/moments.h"

namespace dl {
namespace {

TEST(UpdateRatioTest, IsTheRateTimesTheGradientOverTheWeight) {
  const Dataset moons = MakeMoons({.count = 64}, Random(1));
  const Batches batches = Batches::InOrder(moons, {.batch_size = 64});
  Random random(2), same(2);
  Sequential mlp = Mlp({2, 8, 2}, Elementwise::kTanh, random), twin = Mlp({2, 8, 2}, Elementwise::kTanh, same);
  const auto sgd = Sgd(Variables(mlp), {.rate = Constant(0.1)});
  const std::vector<double> ratios = UpdateRatios(mlp, *sgd, batches, 1);
  ASSERT_EQ(ratios.size(), 2u);
  const Batch batch = batches[0];
  const std::vector<Variable> parameters = Variables(twin);
  const auto gradients = Gradients(CrossEntropy(twin.Forward(batch.inputs, {}), batch.labels), parameters);
  for (int l = 0; l < 2; ++l) {
    const double expected = 0.1 * EuclideanNorm(gradients[2 * l]) / EuclideanNorm(parameters[2 * l].value());
    EXPECT_NEAR(ratios[l], expected, 1e-5 * expected + 1e-6);
  }
}

TEST(UpdateRatioTest, WhatDoesNotMoveHasRatioZeroAndZerosThatMoveAnInfiniteOne) {
  const Dataset moons = MakeMoons({.count = 64}, Random(1));
  const Batches batches = Batches::InOrder(moons, {.batch_size = 16});
  Random random(2);
  Sequential dead = Mlp({2, 8, 2}, Elementwise::kReLU, random, ZeroInit);
  EXPECT_EQ(UpdateRatios(dead, *Sgd(Variables(dead), {.rate = Constant(0.1)}), batches, 4),
            (std::vector<double>{0, 0}));
  Sequential line = Mlp({2, 2}, Elementwise::kReLU, random, ZeroInit);
  EXPECT_TRUE(std::isinf(UpdateRatios(line, *Sgd(Variables(line), {.rate = Constant(0.1)}), batches, 2)[0]));
}

}  // namespace
}  // namespace dl
