#include "modules/transfer/feature_matrix.h"

#include <algorithm>
#include <vector>

#include "modules/base/check.h"
#include "modules/primitives/double_matmul.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

std::vector<double> SquaredNorms(const Tensor& x) {
  const int64_t d = x.dim(1);
  std::vector<double> norms(x.dim(0));
  for (size_t i = 0; i < norms.size(); ++i) {
    const double* row = x.data_f64() + i * d;
    for (int64_t k = 0; k < d; ++k) norms[i] += row[k] * row[k];
  }
  return norms;
}

}  // namespace

Tensor FeatureMatrix(const char* caller, const Tensor& features, int64_t least) {
  DL_CHECK(features.rank() >= 1 && features.dim(0) >= least)
      << caller << ": features are " << ToString(features.shape()) << ", there must be " << least << " rows or more";
  const Tensor plain = Cast(ToPlain(features), DType::kF64);
  const int64_t rows = features.dim(0);
  return plain.Reshape({rows, rows == 0 ? 0 : plain.size() / rows});
}

FeaturePair FeatureMatrices(const char* caller, const Tensor& a, const Tensor& b, int64_t least) {
  FeaturePair pair = {FeatureMatrix(caller, a, least), FeatureMatrix(caller, b, least)};
  DL_CHECK(pair.a.dim(1) == pair.b.dim(1)) << caller << ": features are " << ToString(a.shape()) << " and "
                                           << ToString(b.shape()) << "; their rows must be of one length";
  return pair;
}

Tensor ColumnMeans(const Tensor& x) {
  const int64_t n = x.dim(0), d = x.dim(1);
  DL_CHECK(n >= 1) << "ColumnMeans: x is " << ToString(x.shape()) << "; no rows have no mean";
  Tensor means = Tensor::Zeros({d}, DType::kF64);
  double* sums = means.mutable_data_f64();
  for (int64_t i = 0; i < n; ++i) {
    const double* row = x.data_f64() + i * d;
    for (int64_t k = 0; k < d; ++k) sums[k] += row[k];
  }
  for (int64_t k = 0; k < d; ++k) sums[k] /= static_cast<double>(n);
  return means;
}

Tensor Centred(const Tensor& x, const Tensor& means) {
  const int64_t n = x.dim(0), d = x.dim(1);
  DL_CHECK(means.shape() == Shape{d}) << "Centred: x is " << ToString(x.shape()) << ", means are "
                                      << ToString(means.shape());
  Tensor centred = x;
  double* rows = centred.mutable_data_f64();
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t k = 0; k < d; ++k) rows[i * d + k] -= means.data_f64()[k];
  }
  return centred;
}

Tensor Covariance(const Tensor& x) {
  DL_CHECK(x.dim(0) >= 2) << "Covariance: x is " << ToString(x.shape()) << "; there must be two rows or more";
  Tensor covariance = DoubleGram(Centred(x, ColumnMeans(x)), /*transposed=*/true);
  double* elements = covariance.mutable_data_f64();
  for (int64_t k = 0; k < covariance.size(); ++k) elements[k] /= static_cast<double>(x.dim(0) - 1);
  return covariance;
}

Tensor SquaredDistances(const Tensor& a, const Tensor& b) {
  const Tensor means = ColumnMeans(b);
  const Tensor x = Centred(a, means), y = Centred(b, means);
  const std::vector<double> x_norms = SquaredNorms(x), y_norms = SquaredNorms(y);
  Tensor distances = DoubleMatMul(x, y, {.b = true});
  double* element = distances.mutable_data_f64();
  for (const double x_norm : x_norms) {
    for (const double y_norm : y_norms) {
      *element = std::max(x_norm + y_norm - 2 * *element, 0.0);
      ++element;
    }
  }
  return distances;
}

}  // namespace dl
