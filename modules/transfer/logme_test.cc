#include "modules/transfer/logme.h"

#include <cmath>
#include <numbers>

#include "gtest/gtest.h"
#include "modules/primitives/testing.h"
#include "modules/transfer/testing.h"

namespace dl {
namespace {

// A wave, and 1 more in the column of each row's own class.
Tensor WithSignal(const Shape& shape, double phase, const std::vector<int32_t>& labels) {
  Tensor x = testing::Wave(shape, phase);
  for (int64_t i = 0; i < shape[0]; ++i) x.mutable_data_f64()[i * shape[1] + labels[i]] += 1;
  return x;
}

// By NumPy, without the fixed point and without the spectrum: the largest log density of y under N(0, I / β + F Fᵀ / α)
// over log α and log β, by golden-section searches within each other. The guards cost less than the bar: the evidence
// is flat at its largest.
TEST(LogMeTest, IsTheLargestEvidence) {
  const std::vector<int32_t> three = testing::RoundRobin(30, 3), wide = testing::RoundRobin(16, 3);
  EXPECT_NEAR(LogMe(WithSignal({30, 4}, 0, three), three), -0.754795199331079, 1e-6);
  EXPECT_NEAR(LogMe(WithSignal({16, 18}, 3, wide), wide), -0.7897849845650035, 1e-6);
}

// Features that say nothing, F = 0: β is 1 / mean(y²), the evidence N/2 (log β - log 2π - 1).
TEST(LogMeTest, OfNoFeaturesByHand) {
  const double half =
      (std::log(2) - std::log(2 * std::numbers::pi) - 1) / 2;  // of each of two classes of half the rows
  EXPECT_NEAR(LogMe(Tensor::Zeros({1000, 3}), testing::RoundRobin(1000, 2)), half, 1e-6);
}

TEST(LogMeTest, FeaturesThatKnowTheLabelsRankHigher) {
  const std::vector<int32_t> labels = testing::RoundRobin(60, 3);
  double last = -100;
  for (const float signal : {0.0f, 0.5f, 1.0f, 2.0f, 4.0f}) {
    Tensor x = testing::RandomTensor({60, 6}, 1);
    for (int64_t i = 0; i < 60; ++i) x.mutable_data()[i * 6 + labels[i]] += signal;
    const double evidence = LogMe(x, labels);
    EXPECT_GT(evidence, last) << signal;
    last = evidence;
  }
}

// A turn of the features, and columns of zeros beside them, change neither FFᵀ nor the evidence.
TEST(LogMeTest, OnlyTheGramMatrixCounts) {
  const Tensor x = testing::Wave({30, 4}, 0);
  Tensor turned = Tensor::Zeros({30, 40}, DType::kF64);
  for (int64_t i = 0; i < 30; ++i) {
    const double *row = x.data_f64() + i * 4, c = std::cos(1), s = std::sin(1);
    double* out = turned.mutable_data_f64() + i * 40;
    out[0] = c * row[0] - s * row[3];
    out[7] = s * row[0] + c * row[3];
    out[20] = row[1];
    out[39] = -row[2];
  }
  const std::vector<int32_t> labels = testing::RoundRobin(30, 3);
  EXPECT_NEAR(LogMe(turned, labels), LogMe(x, labels), 1e-11);
}

}  // namespace
}  // namespace dl
