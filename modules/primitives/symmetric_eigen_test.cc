#include "modules/primitives/symmetric_eigen.h"

#include <cmath>
#include <numbers>

#include "gtest/gtest.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

Tensor Matrix(int64_t n, std::vector<double> elements) {
  Tensor a({n, n}, DType::kF64);
  std::copy(elements.begin(), elements.end(), a.mutable_data_f64());
  return a;
}

TEST(SymmetricEigenTest, KnownPairs) {
  const SymmetricEigen two = SymmetricEigenOf(Matrix(2, {2, 1, 1, 2}));
  EXPECT_NEAR(two.values.data_f64()[0], 3, 1e-15);  // along (1, 1)
  EXPECT_NEAR(two.values.data_f64()[1], 1, 1e-15);  // along (1, -1)
  EXPECT_NEAR(two.vectors.data_f64()[0] * two.vectors.data_f64()[1], 0.5, 1e-15);
  EXPECT_NEAR(two.vectors.data_f64()[2] * two.vectors.data_f64()[3], -0.5, 1e-15);
  const SymmetricEigen diagonal = SymmetricEigenOf(Matrix(3, {-1, 0, 0, 0, 5, 0, 0, 0, 2}));
  EXPECT_EQ(diagonal.values.data_f64()[0], 5);
  EXPECT_EQ(diagonal.values.data_f64()[2], -1);
  EXPECT_EQ(std::abs(diagonal.vectors.data_f64()[1]), 1);
  EXPECT_EQ(SymmetricEigenOf(Matrix(1, {7})).values.data_f64()[0], 7);
}

class SymmetricEigenOfSizeTest : public ::testing::TestWithParam<int64_t> {};

// On both sides of the size where the method changes.
INSTANTIATE_TEST_SUITE_P(Sizes, SymmetricEigenOfSizeTest, ::testing::Values(12, 64, 65, 150));

// The second difference on D points: values 2 - 2 cos(k π / (D + 1)), vectors sin(k π i / (D + 1)).
TEST_P(SymmetricEigenOfSizeTest, TheVibratingString) {
  const int64_t n = GetParam();
  std::vector<double> a(n * n);
  for (int64_t i = 0; i < n; ++i) {
    a[i * n + i] = 2;
    if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = -1;
  }
  const SymmetricEigen eigen = SymmetricEigenOf(Matrix(n, a));
  for (int64_t k = 0; k < n; ++k) {
    const double angle = static_cast<double>(n - k) * std::numbers::pi / (n + 1);
    EXPECT_NEAR(eigen.values.data_f64()[k], 2 - 2 * std::cos(angle), 1e-13);
    double overlap = 0;
    for (int64_t i = 0; i < n; ++i) {
      overlap +=
          eigen.vectors.data_f64()[k * n + i] * std::sqrt(2.0 / (n + 1)) * std::sin(angle * static_cast<double>(i + 1));
    }
    EXPECT_NEAR(std::abs(overlap), 1, 1e-13) << k;
  }
}

TEST_P(SymmetricEigenOfSizeTest, VectorsAreOrthonormalAndGiveTheMatrixBack) {
  const int64_t n = GetParam();
  const Tensor random = testing::RandomF64Tensor({n, n}, 1);
  std::vector<double> a(n * n);
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t j = 0; j < n; ++j) a[i * n + j] = random.data_f64()[i * n + j] + random.data_f64()[j * n + i];
  }
  const SymmetricEigen eigen = SymmetricEigenOf(Matrix(n, a));
  const double* v = eigen.vectors.data_f64();
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t j = 0; j < n; ++j) {
      double product = 0, element = 0;
      for (int64_t k = 0; k < n; ++k) {
        product += v[i * n + k] * v[j * n + k];
        element += eigen.values.data_f64()[k] * v[k * n + i] * v[k * n + j];
      }
      EXPECT_NEAR(product, i == j, 1e-13);
      EXPECT_NEAR(element, a[i * n + j], 1e-12);
    }
    if (i > 0) {
      EXPECT_GE(eigen.values.data_f64()[i - 1], eigen.values.data_f64()[i]);
    }
  }
}

// Values that are all alike, or all 0 but one, leave nothing to shift by.
TEST_P(SymmetricEigenOfSizeTest, ValuesThatAreAlike) {
  const int64_t n = GetParam();
  const auto constant = [n](double beside, double more) {
    std::vector<double> a(n * n, beside);
    for (int64_t k = 0; k < n; ++k) a[k * n + k] += more;
    return SymmetricEigenOf(Matrix(n, a));
  };
  const SymmetricEigen zeros = constant(0, 0), identity = constant(0, 3), ones = constant(1, 0);
  for (int64_t k = 0; k < n; ++k) {
    EXPECT_EQ(zeros.values.data_f64()[k], 0);
    EXPECT_EQ(identity.values.data_f64()[k], 3);
    EXPECT_NEAR(ones.values.data_f64()[k], k == 0 ? n : 0, 1e-13 * static_cast<double>(n));
    EXPECT_NEAR(std::abs(ones.vectors.data_f64()[k]), 1 / std::sqrt(n), 1e-13);
  }
}

TEST(SymmetricEigenDeathTest, NamesWhatIsWrong) {
  EXPECT_DEATH(SymmetricEigenOf(Tensor::Zeros({2, 3}, DType::kF64)), "the matrix is \\[2, 3\\], it must be square");
  EXPECT_DEATH(SymmetricEigenOf(Matrix(2, {1, 2, 3, 4})), "\\(1, 0\\) and \\(0, 1\\) are 3 and 2");
  for (const int64_t n : {3, 100}) {
    std::vector<double> a(n * n);
    a[0] = std::nan("");
    EXPECT_DEATH(SymmetricEigenOf(Matrix(n, a)), "an element .*no number");
  }
}

}  // namespace
}  // namespace dl
