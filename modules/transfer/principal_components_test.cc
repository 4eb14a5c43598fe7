#include "modules/transfer/principal_components.h"

#include <algorithm>
#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/double_matmul.h"
#include "modules/primitives/testing.h"
#include "modules/transfer/feature_matrix.h"
#include "modules/transfer/testing.h"

namespace dl {
namespace {

// Along (3, 4) / 5 the coordinates are -10, 0 and 10, across it -1, 2 and -1; the mean is (1, 2).
TEST(PrincipalComponentsTest, ThreePointsByHand) {
  const auto at = [](double along, double across) {
    return std::vector<float>{static_cast<float>(1 + 0.6 * along - 0.8 * across),
                              static_cast<float>(2 + 0.8 * along + 0.6 * across)};
  };
  std::vector<float> rows;
  for (const auto& point : {at(-10, -1), at(0, 2), at(10, -1)}) rows.insert(rows.end(), point.begin(), point.end());
  const Tensor x = Tensor::Of({3, 2}, rows);
  const PrincipalComponents pca = PrincipalComponentsOf(x, 2);
  EXPECT_NEAR(pca.axes.data_f64()[0], 0.6, 1e-6);
  EXPECT_NEAR(pca.axes.data_f64()[1], 0.8, 1e-6);
  EXPECT_NEAR(pca.axes.data_f64()[2], 0.8, 1e-6);
  EXPECT_NEAR(pca.axes.data_f64()[3], -0.6, 1e-6);
  EXPECT_NEAR(pca.variances.data_f64()[0], 100, 1e-4);
  EXPECT_NEAR(pca.variances.data_f64()[1], 3, 1e-4);
  EXPECT_NEAR(pca.total, 103, 1e-4);
  EXPECT_NEAR(pca.Share(0), 100.0 / 103, 1e-6);
  const Tensor y = Project(pca, x);
  EXPECT_NEAR(y.data_f64()[0], -10, 1e-5);
  EXPECT_NEAR(y.data_f64()[3], -2, 1e-5);
}

// By np.linalg.svd of the centred matrix, tall and wide: variances s² / (N - 1), and the first axis' first element,
// of the sign that makes its largest one positive.
TEST(PrincipalComponentsTest, IsWhatNumPyComputes) {
  const PrincipalComponents tall = PrincipalComponentsOf(testing::Wave({9, 5}, 1), 3);
  EXPECT_NEAR(tall.variances.data_f64()[0], 0.7100421526239327, 1e-13);
  EXPECT_NEAR(tall.variances.data_f64()[2], 0.5942464213491595, 1e-13);
  EXPECT_NEAR(tall.axes.data_f64()[0], 0.31189437489489896, 1e-12);
  const PrincipalComponents wide = PrincipalComponentsOf(testing::Wave({5, 9}, 1), 3);
  EXPECT_NEAR(wide.variances.data_f64()[0], 1.9495695634669346, 1e-13);
  EXPECT_NEAR(wide.variances.data_f64()[2], 0.9534803142238472, 1e-13);
  EXPECT_NEAR(wide.axes.data_f64()[0], 0.3404028861525804, 1e-12);
}

// Orthogonal axes, the largest element of each positive; uncorrelated projections of the variances that are said; all
// components hold all variance.
TEST(PrincipalComponentsTest, ProjectionsAreUncorrelated) {
  for (const Shape& shape : {Shape{50, 6}, Shape{6, 50}}) {
    const Tensor x = testing::RandomTensor(shape, 1);
    const int64_t count = shape[0] == 50 ? 6 : 5;
    const PrincipalComponents pca = PrincipalComponentsOf(x, count);
    const Tensor covariance = Covariance(Project(pca, x)), products = DoubleGram(pca.axes);
    double shares = 0;
    for (int64_t i = 0; i < count; ++i) {
      shares += pca.Share(i);
      const auto [least, most] =
          std::minmax_element(pca.axes.data_f64() + i * x.dim(1), pca.axes.data_f64() + (i + 1) * x.dim(1));
      EXPECT_GT(*most, -*least);
      for (int64_t j = 0; j < count; ++j) {
        EXPECT_NEAR(products.data_f64()[i * count + j], i == j, 1e-12);
        EXPECT_NEAR(covariance.data_f64()[i * count + j], i == j ? pca.variances.data_f64()[i] : 0, 1e-10);
      }
    }
    EXPECT_NEAR(shares, 1, 1e-12);
  }
}

TEST(PrincipalComponentsTest, NothingVariesAlongAConstant) {
  const PrincipalComponents pca = PrincipalComponentsOf(Tensor::Full({4, 3}, 7), 2);
  EXPECT_EQ(pca.total, 0);
  EXPECT_EQ(pca.Share(0), 0);
}

TEST(PrincipalComponentsDeathTest, MoreComponentsThanThereAre) {
  EXPECT_DEATH(PrincipalComponentsOf(testing::Wave({5, 9}, 1), 5), "at most min\\(N - 1, D\\)");
}

}  // namespace
}  // namespace dl
