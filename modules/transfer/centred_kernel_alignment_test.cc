#include "modules/transfer/centred_kernel_alignment.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/testing.h"
#include "modules/transfer/testing.h"

namespace dl {
namespace {

// By NumPy from the other definitions: the Frobenius norms of YᵀX, XᵀX and YᵀY of centred features, and the sum of
// Song's estimator over all quadruples of different examples.
TEST(CentredKernelAlignmentTest, IsWhatNumPyComputes) {
  const Tensor a = LinearGram(testing::Wave({9, 5}, 0)), b = LinearGram(testing::Wave({9, 4}, 1));
  EXPECT_NEAR(Cka(a, b), 0.4579288649695895, 1e-13);
  EXPECT_NEAR(UnbiasedCka(a, b), 0.14925099100740724, 1e-13);
}

TEST(CentredKernelAlignmentTest, TurnsScalesAndShiftsAreNotSeen) {
  const Tensor x = testing::RandomF64Tensor({40, 2}, 1), other = LinearGram(testing::RandomF64Tensor({40, 3}, 2));
  Tensor turned = x;
  for (int64_t i = 0; i < 40; ++i) {
    const double u = x.data_f64()[2 * i], v = x.data_f64()[2 * i + 1];
    turned.mutable_data_f64()[2 * i] = 1e4 + 7 * (std::cos(1) * u - std::sin(1) * v);
    turned.mutable_data_f64()[2 * i + 1] = 7 * (std::sin(1) * u + std::cos(1) * v);
  }
  const Tensor a = LinearGram(x), b = LinearGram(turned);
  EXPECT_NEAR(Cka(a, b), 1, 1e-12);
  EXPECT_NEAR(UnbiasedCka(a, b), 1, 1e-12);
  EXPECT_NEAR(Cka(a, other), Cka(b, other), 1e-12);
  EXPECT_NEAR(UnbiasedCka(a, other), UnbiasedCka(b, other), 1e-12);
  EXPECT_NEAR(Cka(a, other), Cka(other, a), 1e-15);
}

// Independent features of more columns than rows: the biased one is near 1, the other is 0 on average.
TEST(CentredKernelAlignmentTest, OnlyTheUnbiasedOneKnowsIndependence) {
  double biased = 0, sum = 0, squares = 0;
  constexpr int kDraws = 100;
  for (int draw = 0; draw < kDraws; ++draw) {
    const Tensor a = LinearGram(testing::RandomTensor({20, 100}, 2 * draw));
    const Tensor b = LinearGram(testing::RandomTensor({20, 100}, 2 * draw + 1));
    biased += Cka(a, b) / kDraws;
    const double unbiased = UnbiasedCka(a, b);
    sum += unbiased;
    squares += unbiased * unbiased;
  }
  EXPECT_GT(biased, 0.8);
  EXPECT_LT(std::abs(sum), 4 * std::sqrt(squares));
}

TEST(CentredKernelAlignmentTest, FeaturesThatDoNotVaryAlignWithNothing) {
  const Tensor constant = LinearGram(Tensor::Full({6, 3}, 2)), a = LinearGram(testing::RandomTensor({6, 3}, 1));
  EXPECT_EQ(Cka(constant, a), 0);
  EXPECT_EQ(UnbiasedCka(a, constant), 0);
}

TEST(CentredKernelAlignmentDeathTest, MatricesOfOtherExamples) {
  const Tensor three = Tensor::Zeros({3, 3}, DType::kF64);
  EXPECT_DEATH(Cka(three, Tensor::Zeros({4, 4}, DType::kF64)), "Cka: .*same N");
  EXPECT_DEATH(UnbiasedCka(three, three), "of 4 or more");
}

}  // namespace
}  // namespace dl
