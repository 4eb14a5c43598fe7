#include "modules/transfer/principal_components.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "modules/base/check.h"
#include "modules/primitives/concat.h"
#include "modules/primitives/double_matmul.h"
#include "modules/primitives/norm.h"
#include "modules/primitives/symmetric_eigen.h"
#include "modules/transfer/feature_matrix.h"

namespace dl {
namespace {

// The first `count` rows of x, [K, D].
Tensor FirstRows(const Tensor& x, int64_t count) {
  return count == x.dim(0) ? x : Split(x, {count, x.dim(0) - count}, 0)[0];
}

// Each row to length 1, its largest element positive; rows of zeros stay.
void Normalize(Tensor& axes) {
  const int64_t d = axes.dim(1);
  for (int64_t k = 0; k < axes.dim(0); ++k) {
    double* axis = axes.mutable_data_f64() + k * d;
    double squares = 0, largest = 0;
    for (int64_t i = 0; i < d; ++i) {
      squares += axis[i] * axis[i];
      if (std::abs(axis[i]) > std::abs(largest)) largest = axis[i];
    }
    if (squares == 0) continue;
    const double factor = std::copysign(1 / std::sqrt(squares), largest);
    for (int64_t i = 0; i < d; ++i) axis[i] *= factor;
  }
}

}  // namespace

PrincipalComponents PrincipalComponentsOf(const Tensor& features, int64_t count) {
  const Tensor x = FeatureMatrix("PrincipalComponentsOf", features, 2);
  const int64_t n = x.dim(0), d = x.dim(1);
  DL_CHECK(count >= 1 && count <= std::min(n - 1, d))
      << "PrincipalComponentsOf: " << count << " components of features " << ToString(features.shape())
      << "; there are at most min(N - 1, D)";
  PrincipalComponents result;
  result.means = ColumnMeans(x);
  const Tensor centred = Centred(x, result.means);
  result.total = SumOfSquares(centred) / static_cast<double>(n - 1);
  const bool tall = d < n;
  const SymmetricEigen eigen = SymmetricEigenOf(DoubleGram(centred, /*transposed=*/tall));
  result.axes = FirstRows(eigen.vectors, count);
  if (!tall) result.axes = DoubleMatMul(result.axes, centred);  // u of X Xᵀ makes Xᵀu of XᵀX
  Normalize(result.axes);
  result.variances = Tensor({count}, DType::kF64);
  for (int64_t k = 0; k < count; ++k) {
    result.variances.mutable_data_f64()[k] = std::max(eigen.values.data_f64()[k], 0.0) / static_cast<double>(n - 1);
  }
  return result;
}

Tensor Project(const PrincipalComponents& components, const Tensor& features) {
  const Tensor x = FeatureMatrix("Project", features);
  return DoubleMatMul(Centred(x, components.means), components.axes, {.b = true});
}

}  // namespace dl
