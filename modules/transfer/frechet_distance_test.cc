#include "modules/transfer/frechet_distance.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/testing.h"
#include "modules/transfer/testing.h"

namespace dl {
namespace {

// In one dimension it is (μ_s - μ_t)² + (σ_s - σ_t)²: means 1 and 5, variances 2 and 18.
TEST(FrechetDistanceTest, OfOneColumn) {
  const Tensor s = Tensor::Of({2, 1}, {0, 2}), t = Tensor::Of({2, 1}, {2, 8});
  EXPECT_NEAR(FrechetDistance(s, t), 16 + std::pow(std::sqrt(18) - std::sqrt(2), 2), 1e-13);
}

// By NumPy: the product's root through np.linalg.eigvals of C_s C_t, whose eigenvalues are those of the symmetric form.
TEST(FrechetDistanceTest, IsWhatNumPyComputes) {
  EXPECT_NEAR(FrechetDistance(testing::Wave({7, 5}, 0), testing::Wave({9, 5}, 1)), 0.9577481030627046, 1e-12);
}

TEST(FrechetDistanceTest, IsZeroToItselfAndSymmetric) {
  const Tensor s = testing::RandomTensor({30, 6}, 1), t = testing::RandomTensor({4, 6}, 2);  // of rank 3
  EXPECT_NEAR(FrechetDistance(s, s), 0, 1e-12);
  EXPECT_NEAR(FrechetDistance(t, t), 0, 1e-6);  // the root of a zero eigenvalue has the root of its rounding
  EXPECT_NEAR(FrechetDistance(s, t), FrechetDistance(t, s), 1e-6);
}

}  // namespace
}  // namespace dl
