#include "modules/transfer/maximum_mean_discrepancy.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/gradient_check.h"
#include "modules/backprop/gradients.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"
#include "modules/transfer/testing.h"

namespace dl {
namespace {

Tensor Column(const std::vector<float>& values) { return Tensor::Of({static_cast<int64_t>(values.size()), 1}, values); }

// Squared distances 1 within the source, 4 within the target; 9, 25, 4 and 16 across.
TEST(MaximumMeanDiscrepancyTest, FourPointsByHand) {
  const Tensor s = Column({0, 1}), t = Column({3, 5});
  const auto k = [](double squared) { return (std::exp(-squared / 4) + std::exp(-squared / 20)) / 2; };
  const double expected = k(1) + k(4) - (k(9) + k(25) + k(4) + k(16)) / 2;
  EXPECT_NEAR(MaximumMeanDiscrepancy(s, t, {2, 10}), expected, 1e-15);
  EXPECT_NEAR(MmdLoss(s, t, {2, 10}).value().item(), expected, 1e-6);
}

TEST(MaximumMeanDiscrepancyTest, BandwidthsAreMultiplesOfTheMedian) {
  // 1, 4, 4, 9, 16 and 25: the two in the middle are 4 and 9.
  EXPECT_EQ(MedianBandwidths(Column({0, 1}), Column({3, 5})),
            (std::vector<double>{6.5 / 8, 6.5 / 4, 6.5 / 2, 6.5, 13}));
  EXPECT_EQ(MedianBandwidths(Column({0}), Column({3, 1}))[3], 4);  // of 1, 4 and 9
  EXPECT_EQ(MedianBandwidths(Column({2, 2}), Column({2, 2}))[3], 1);
}

// By NumPy from its definition: differences of all pairs, the median, five kernels, np.mean over pairs.
TEST(MaximumMeanDiscrepancyTest, IsWhatNumPyComputes) {
  const Tensor s = testing::Wave({7, 5}, 0), t = testing::Wave({9, 5}, 1);
  EXPECT_NEAR(MedianBandwidths(s, t)[3], 5.064499407025599, 1e-12);
  EXPECT_NEAR(MaximumMeanDiscrepancy(s, t), -0.05015283419752592, 1e-12);
}

TEST(MaximumMeanDiscrepancyTest, LossAndMeasureAreOne) {
  const Tensor s = testing::RandomF64Tensor({6, 4}, 1), t = testing::RandomF64Tensor({9, 4}, 3);
  EXPECT_NEAR(MmdLoss(s, t).value().item(), MaximumMeanDiscrepancy(s, t), 1e-14);
}

// Unbiased: over many draws from one distribution its mean is 0, and a shift of the mean is seen.
TEST(MaximumMeanDiscrepancyTest, IsZeroOnAverageWithoutAShift) {
  double sum = 0, squares = 0;
  constexpr int kDraws = 300;
  for (int draw = 0; draw < kDraws; ++draw) {
    const double mmd = MaximumMeanDiscrepancy(testing::RandomF64Tensor({8, 3}, 2 * draw),
                                              testing::RandomF64Tensor({8, 3}, 2 * draw + 1), {1, 3});
    sum += mmd;
    squares += mmd * mmd;
  }
  EXPECT_LT(std::abs(sum) / kDraws, 4 * std::sqrt(squares) / kDraws);  // the biased one's mean is 10 times that
  Tensor shifted = testing::RandomF64Tensor({100, 3}, 1);
  for (int i = 0; i < 300; ++i) shifted.mutable_data_f64()[i] += 0.5;
  EXPECT_GT(MaximumMeanDiscrepancy(testing::RandomF64Tensor({100, 3}, 2), shifted), 0.03);
}

TEST(MaximumMeanDiscrepancyTest, GradientsAreSlopes) {
  const Variable s = testing::RandomF64Tensor({4, 3}, 1), t = testing::RandomF64Tensor({5, 3}, 2);
  const GradientCheck check = CheckGradients([&] { return MmdLoss(s, t, {0.5, 2, 8}); }, {s, t});
  EXPECT_TRUE(check.Passes(1e-8)) << check.ToString();
}

TEST(MaximumMeanDiscrepancyDeathTest, WhatHasNoPairs) {
  EXPECT_DEATH(MmdLoss(Column({1}), Column({1, 2})), "at least 2");
  EXPECT_DEATH(MaximumMeanDiscrepancy(Column({1}), Column({1, 2})), "2 rows or more");
  EXPECT_DEATH(MaximumMeanDiscrepancy(Column({1, 2}), Column({1, 2}), {0}), "bandwidth is 0");
}

}  // namespace
}  // namespace dl
