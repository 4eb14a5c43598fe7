#include "modules/transfer/gradient_reversal.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

TEST(GradientReversalTest, IsTheIdentityAndTurnsTheGradientRound) {
  const Variable x = testing::RandomF64Tensor({3, 4}, 1);
  const Variable dy = testing::RandomF64Tensor({3, 4}, 2);
  const Variable y = ReverseGradient(x, 0.25);
  const Tensor dx = Gradients(Sum(y * dy), {x})[0];
  for (int i = 0; i < 12; ++i) {
    EXPECT_EQ(y.value().data_f64()[i], x.value().data_f64()[i]);
    EXPECT_EQ(dx.data_f64()[i], -0.25 * dy.value().data_f64()[i]);
  }
}

// Only what lies in front of it goes the other way.
TEST(GradientReversalTest, WhatStandsBehindLearnsAsEver) {
  const Variable x = Tensor::Scalar(3), w = Tensor::Scalar(5);
  const std::vector<Tensor> gradients = Gradients(ReverseGradient(x, 2) * w, {x, w});
  EXPECT_EQ(gradients[0].item(), -2 * 5);
  EXPECT_EQ(gradients[1].item(), 3);
}

TEST(GradientReversalTest, TheRampClimbsFromZeroToNearlyOne) {
  const Schedule ramp = ReversalRamp(100);
  EXPECT_EQ(ramp(0), 0);
  EXPECT_NEAR(ramp(10), std::tanh(0.5), 1e-15);  // 2 / (1 + e^-z) - 1 = tanh(z / 2)
  EXPECT_NEAR(ramp(50), std::tanh(2.5), 1e-15);
  EXPECT_NEAR(ramp(100), std::tanh(5.0), 1e-15);
  EXPECT_EQ(ramp(1000), ramp(100));
}

}  // namespace
}  // namespace dl
