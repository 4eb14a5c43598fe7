#include "modules/transfer/maximum_mean_discrepancy.h"

#include <algorithm>
#include <cmath>

#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/primitives/concat.h"
#include "modules/primitives/reorder.h"
#include "modules/transfer/feature_matrix.h"

namespace dl {
namespace {

constexpr int kLeastPower = -3, kGreatestPower = 1;

// Of at least one value; of an even number the mean of the two in the middle.
double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<int64_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return values.size() % 2 == 1 ? *middle : (*std::max_element(values.begin(), middle) + *middle) / 2;
}

// What the kernel of each pair of the N + M examples counts: 1 / (N (N - 1)) within the source, 1 / (M (M - 1)) within
// the target, -1 / (N M) across, 0 of an example with itself.
Tensor PairWeights(int64_t n, int64_t m, DType dtype) {
  const int64_t all = n + m;
  const auto share = [](int64_t a, int64_t b) { return 1.0 / (static_cast<double>(a) * static_cast<double>(b)); };
  Tensor weights({all, all}, DType::kF64);
  double* element = weights.mutable_data_f64();
  for (int64_t i = 0; i < all; ++i) {
    for (int64_t j = 0; j < all; ++j) {
      const bool across = (i < n) != (j < n);
      *element++ = i == j ? 0 : across ? -share(n, m) : i < n ? share(n, n - 1) : share(m, m - 1);
    }
  }
  return Cast(weights, dtype);
}

// |x_i - x_j|² of all pairs of rows: [N, N].
Variable PairDistances(const Variable& x) {
  const Variable two = Tensor::Scalar(2, x.value().dtype());
  const Variable norms = Reduce(Reduction::kSum, Apply(Elementwise::kSquare, x), {1}, /*keep_dims=*/true);
  return norms + Reshape(norms, {1, x.shape()[0]}) - two * MatMul(x, x, {.b = true});
}

// The mean over some pairs of rows of the mixture of Gaussians; with `different`, not those of an index with itself.
double MeanKernel(const Tensor& a, const Tensor& b, bool different, const std::vector<double>& bandwidths) {
  const Tensor distances = SquaredDistances(a, b);
  const int64_t n = a.dim(0), m = b.dim(0);
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t j = 0; j < m; ++j) {
      if (different && i == j) continue;
      for (const double bandwidth : bandwidths) sum += std::exp(-distances.data_f64()[i * m + j] / (2 * bandwidth));
    }
  }
  return sum / static_cast<double>(n * (different ? m - 1 : m)) / static_cast<double>(bandwidths.size());
}

void CheckBandwidths(const std::vector<double>& bandwidths) {
  for (const double bandwidth : bandwidths) DL_CHECK(bandwidth > 0) << "MMD: a squared bandwidth is " << bandwidth;
}

}  // namespace

std::vector<double> MedianBandwidths(const Tensor& source, const Tensor& target) {
  const auto [a, b] = FeatureMatrices("MedianBandwidths", source, target, 0);
  const Tensor all = Concat(std::vector<Tensor>{a, b}, 0);
  const int64_t n = all.dim(0);
  DL_CHECK(n >= 2) << "MedianBandwidths: there is no pair of examples";
  const Tensor distances = SquaredDistances(all, all);
  std::vector<double> pairs;
  pairs.reserve(n * (n - 1) / 2);
  for (int64_t i = 0; i < n; ++i) {
    pairs.insert(pairs.end(), distances.data_f64() + i * n, distances.data_f64() + i * n + i);
  }
  const double median = Median(std::move(pairs));
  std::vector<double> bandwidths;
  for (int power = kLeastPower; power <= kGreatestPower; ++power) {
    bandwidths.push_back(std::ldexp(median > 0 ? median : 1, power));
  }
  return bandwidths;
}

Variable MmdLoss(const Variable& source, const Variable& target, const std::vector<double>& bandwidths) {
  DL_CHECK(source.shape().size() == 2 && target.shape().size() == 2 && source.shape()[1] == target.shape()[1] &&
           source.shape()[0] >= 2 && target.shape()[0] >= 2)
      << "MmdLoss: source is " << ToString(source.shape()) << ", target is " << ToString(target.shape())
      << "; they must be [N, D] and [M, D], N and M at least 2";
  CheckBandwidths(bandwidths);
  const DType dtype = source.value().dtype();
  const std::vector<double> widths = bandwidths.empty() ? MedianBandwidths(source.value(), target.value()) : bandwidths;
  const Variable distances = PairDistances(Concat({source, target}, 0));
  Variable kernels = Tensor::Scalar(0, dtype);
  for (const double width : widths) {
    kernels = kernels + Apply(Elementwise::kExp, distances * Variable(Tensor::Scalar(-1 / (2 * width), dtype)));
  }
  const Tensor weights = PairWeights(source.shape()[0], target.shape()[0], dtype);
  return Sum(kernels * Variable(Scale(weights, 1 / static_cast<double>(widths.size()))));
}

double MaximumMeanDiscrepancy(const Tensor& source, const Tensor& target, const std::vector<double>& bandwidths) {
  const auto [a, b] = FeatureMatrices("MaximumMeanDiscrepancy", source, target, 2);
  CheckBandwidths(bandwidths);
  const std::vector<double> widths = bandwidths.empty() ? MedianBandwidths(a, b) : bandwidths;
  return MeanKernel(a, a, true, widths) + MeanKernel(b, b, true, widths) - 2 * MeanKernel(a, b, false, widths);
}

}  // namespace dl
