#include "modules/backprop/signal_profile.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/mlp.h"

namespace dl {
namespace {

// Weights that multiply by two at each of three layers of one unit, without a squashing function: the gradient of the
// hidden units is (p - y) times what the layers above them multiply by.
TEST(SignalProfileTest, FollowsTheChainRuleOfASmallNetwork) {
  Random random(1);
  Sequential mlp = Mlp({1, 1, 1, 2}, Elementwise::kReLU, random, [](const Shape& shape, Random&) {
    return shape[0] == 2 ? Tensor::Of(shape, {1, 0}) : Tensor::Full(shape, 2);
  });
  const auto profile = SignalProfile(mlp, Tensor::Of({2, 1}, {1, 3}), std::vector<int32_t>{0, 0});
  ASSERT_EQ(profile.size(), 2u);
  // h1 = 2, 6; h2 = 4, 12 = the first logit; dL/dh2 = (p - 1) / 2 for each of the two examples.
  EXPECT_DOUBLE_EQ(profile[0].activation_deviation, 2);
  EXPECT_DOUBLE_EQ(profile[1].activation_deviation, 4);
  const double d[] = {-0.5 / (1 + std::exp(4.0)), -0.5 / (1 + std::exp(12.0))};
  EXPECT_NEAR(profile[1].gradient, std::hypot(d[0], d[1]) / std::sqrt(2.0), 1e-7);
  EXPECT_NEAR(profile[0].gradient, 2 * profile[1].gradient, 1e-7);
  EXPECT_NEAR(profile[1].weight_gradient, std::abs(d[0] * 2 + d[1] * 6), 1e-7);
  EXPECT_NEAR(profile[0].weight_gradient, std::abs(2 * (d[0] * 1 + d[1] * 3)), 1e-7);
}

TEST(SignalProfileTest, ANetworkWithoutHiddenLayersHasNone) {
  Random random(1);
  Sequential mlp = Mlp({3, 2}, Elementwise::kReLU, random);
  EXPECT_TRUE(SignalProfile(mlp, Tensor::Zeros({4, 3}), std::vector<int32_t>(4, 1)).empty());
}

}  // namespace
}  // namespace dl
