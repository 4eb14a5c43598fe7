#include "modules/transfer/feature_matrix.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

Tensor Doubles(const Shape& shape, const std::vector<float>& values) {
  return Cast(Tensor::Of(shape, values), DType::kF64);
}

TEST(FeatureMatrixTest, AnyFeaturesBecomeRowsOfDoubles) {
  const Tensor maps = testing::RandomTensor({3, 4, 2, 2}, 1);
  const Tensor x = FeatureMatrix("Test", maps);
  ASSERT_EQ(x.shape(), (Shape{3, 16}));
  for (int64_t i = 0; i < x.size(); ++i) EXPECT_EQ(x.data_f64()[i], maps.data()[i]);
  EXPECT_EQ(FeatureMatrix("Test", Cast(maps, DType::kBF16)).shape(), (Shape{3, 16}));
  EXPECT_EQ(FeatureMatrix("Test", Tensor::Of({2}, {1, 2})).shape(), (Shape{2, 1}));
}

TEST(FeatureMatrixTest, MeansAndCovarianceOfThreePoints) {
  const Tensor x = Doubles({3, 2}, {1, 2, 3, 2, 5, 8});
  const Tensor means = ColumnMeans(x), covariance = Covariance(x);
  EXPECT_EQ(means.data_f64()[0], 3);
  EXPECT_EQ(means.data_f64()[1], 4);
  EXPECT_DOUBLE_EQ(covariance.data_f64()[0], (4 + 0 + 4) / 2.0);
  EXPECT_DOUBLE_EQ(covariance.data_f64()[1], (4 + 0 + 8) / 2.0);
  EXPECT_DOUBLE_EQ(covariance.data_f64()[2], (4 + 0 + 8) / 2.0);
  EXPECT_DOUBLE_EQ(covariance.data_f64()[3], (4 + 4 + 16) / 2.0);
}

// Far from 0, where |a|² + |b|² - 2 a·b alone would lose the distances in rounding.
TEST(FeatureMatrixTest, DistancesAreThoseOfTheDifferences) {
  Tensor a = testing::RandomF64Tensor({5, 7}, 1), b = testing::RandomF64Tensor({6, 7}, 2);
  for (int64_t k = 0; k < a.size(); ++k) a.mutable_data_f64()[k] += 1e6;
  for (int64_t k = 0; k < b.size(); ++k) b.mutable_data_f64()[k] += 1e6;
  const Tensor distances = SquaredDistances(a, b);
  ASSERT_EQ(distances.shape(), (Shape{5, 6}));
  for (int i = 0; i < 5; ++i) {
    for (int j = 0; j < 6; ++j) {
      double expected = 0;
      for (int k = 0; k < 7; ++k) expected += std::pow(a.data_f64()[i * 7 + k] - b.data_f64()[j * 7 + k], 2);
      EXPECT_NEAR(distances.data_f64()[i * 6 + j], expected, 1e-8 * expected);  // the inputs have 1e-16 · 1e6
    }
  }
  const Tensor self = SquaredDistances(a, a);
  for (int i = 0; i < 5; ++i) EXPECT_NEAR(self.data_f64()[i * 6], 0, 1e-13);
}

TEST(FeatureMatrixDeathTest, WhatDoesNotFit) {
  const Tensor x = Tensor::Zeros({3, 2});
  EXPECT_DEATH(FeatureMatrix("Caller", x, 4), "Caller: features are \\[3, 2\\], there must be 4 rows");
  EXPECT_DEATH(FeatureMatrices("Caller", x, Tensor::Zeros({3, 4})), "Caller: .*of one length");
  EXPECT_DEATH(Covariance(Doubles({1, 2}, {1, 2})), "two rows");
}

}  // namespace
}  // namespace dl
