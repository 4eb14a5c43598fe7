#include "modules/transfer/coral.h"

#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/primitives/norm.h"
#include "modules/transfer/feature_matrix.h"

namespace dl {
namespace {

Variable RecordedCovariance(const Variable& x) {
  const Variable centred = x - Reduce(Reduction::kMean, x, {0}, /*keep_dims=*/true);
  const Variable factor = Tensor::Scalar(1 / static_cast<double>(x.shape()[0] - 1), x.value().dtype());
  return factor * MatMul(centred, centred, {.a = true});
}

}  // namespace

Variable CoralLoss(const Variable& source, const Variable& target) {
  DL_CHECK(source.shape().size() == 2 && target.shape().size() == 2 && source.shape()[1] == target.shape()[1] &&
           source.shape()[0] >= 2 && target.shape()[0] >= 2)
      << "CoralLoss: source is " << ToString(source.shape()) << ", target is " << ToString(target.shape())
      << "; they must be [N, D] and [M, D], N and M at least 2";
  const Variable difference = RecordedCovariance(source) - RecordedCovariance(target);
  return Mean(Apply(Elementwise::kSquare, difference)) * Variable(Tensor::Scalar(0.25, source.value().dtype()));
}

double CoralDistance(const Tensor& source, const Tensor& target) {
  const auto [a, b] = FeatureMatrices("CoralDistance", source, target, 2);
  const Tensor difference = Subtract(Covariance(a), Covariance(b));
  return SumOfSquares(difference) / (4 * static_cast<double>(difference.size()));
}

}  // namespace dl
