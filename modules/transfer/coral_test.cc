#include "modules/transfer/coral.h"

#include "gtest/gtest.h"
#include "modules/backprop/gradient_check.h"
#include "modules/primitives/testing.h"
#include "modules/transfer/testing.h"

namespace dl {
namespace {

// C_s = [[2, 2], [2, 2]], C_t = [[8, 0], [0, 0]]: differences -6, 2, 2, 2.
TEST(CoralTest, FourPointsByHand) {
  const Tensor s = Tensor::Of({2, 2}, {0, 0, 2, 2}), t = Tensor::Of({2, 2}, {5, 1, 1, 1});
  EXPECT_DOUBLE_EQ(CoralDistance(s, t), (36 + 4 + 4 + 4) / 16.0);
  EXPECT_FLOAT_EQ(CoralLoss(s, t).value().item(), 3);
}

// By NumPy: ((np.cov(s.T) - np.cov(t.T))**2).sum() / (4 * 25).
TEST(CoralTest, IsWhatNumPyComputes) {
  EXPECT_NEAR(CoralDistance(testing::Wave({7, 5}, 0), testing::Wave({9, 5}, 1)), 0.007007669890864821, 1e-14);
}

TEST(CoralTest, LossAndMeasureAreOneAndBlindToTheMean) {
  const Tensor s = testing::RandomF64Tensor({6, 4}, 1), t = testing::RandomF64Tensor({9, 4}, 2);
  EXPECT_NEAR(CoralLoss(s, t).value().item(), CoralDistance(s, t), 1e-14);
  Tensor moved = s;
  for (int i = 0; i < 24; ++i) moved.mutable_data_f64()[i] += i % 4;
  EXPECT_NEAR(CoralDistance(moved, t), CoralDistance(s, t), 1e-14);
}

TEST(CoralTest, GradientsAreSlopes) {
  const Variable s = testing::RandomF64Tensor({4, 3}, 1), t = testing::RandomF64Tensor({5, 3}, 2);
  const GradientCheck check = CheckGradients([&] { return CoralLoss(s, t); }, {s, t});
  EXPECT_TRUE(check.Passes(1e-8)) << check.ToString();
}

TEST(CoralDeathTest, OneExampleHasNoCovariance) {
  EXPECT_DEATH(CoralLoss(Tensor::Zeros({1, 2}), Tensor::Zeros({3, 2})), "at least 2");
  EXPECT_DEATH(CoralDistance(Tensor::Zeros({3, 2}), Tensor::Zeros({1, 2})), "2 rows");
}

}  // namespace
}  // namespace dl
