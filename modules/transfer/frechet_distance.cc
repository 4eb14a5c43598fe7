#include "modules/transfer/frechet_distance.h"

#include <algorithm>
#include <cmath>

#include "modules/primitives/double_matmul.h"
#include "modules/primitives/symmetric_eigen.h"
#include "modules/transfer/feature_matrix.h"

namespace dl {
namespace {

double Trace(const Tensor& a) {
  double trace = 0;
  for (int64_t k = 0; k < a.dim(0); ++k) trace += a.data_f64()[k * a.dim(0) + k];
  return trace;
}

// diag(sqrt(values)) vectors: a root R of a covariance, RᵀR = a. Any root does: that of the product below has the same
// eigenvalues.
Tensor Root(const Tensor& a) {
  const SymmetricEigen eigen = SymmetricEigenOf(a);
  const int64_t d = a.dim(0);
  Tensor root = eigen.vectors;
  double* rows = root.mutable_data_f64();
  for (int64_t k = 0; k < d * d; ++k) rows[k] *= std::sqrt(std::max(eigen.values.data_f64()[k / d], 0.0));
  return root;
}

}  // namespace

double FrechetDistance(const Tensor& source, const Tensor& target) {
  const auto [a, b] = FeatureMatrices("FrechetDistance", source, target, 2);
  const Tensor source_means = ColumnMeans(a), target_means = ColumnMeans(b);
  const Tensor source_covariance = Covariance(a), target_covariance = Covariance(b);
  // R_s C_t R_sᵀ = (R_t R_sᵀ)ᵀ (R_t R_sᵀ), symmetric to the last bit.
  const Tensor product = DoubleMatMul(Root(target_covariance), Root(source_covariance), {.b = true});
  const SymmetricEigen eigen = SymmetricEigenOf(DoubleGram(product, /*transposed=*/true));
  double distance = Trace(source_covariance) + Trace(target_covariance);
  for (int64_t k = 0; k < a.dim(1); ++k) {
    const double difference = source_means.data_f64()[k] - target_means.data_f64()[k];
    distance += difference * difference - 2 * std::sqrt(std::max(eigen.values.data_f64()[k], 0.0));
  }
  return distance;
}

}  // namespace dl
