#include "modules/transfer/neighbour_affinities.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "modules/base/check.h"
#include "modules/transfer/feature_matrix.h"

namespace dl {
namespace {

constexpr double kTolerance = 1e-9;  // of the entropy, in nats
constexpr int kMostSteps = 100;      // bisection gains a bit a step
constexpr double kSharpest = 1e9;    // of β times the mean distance: beyond it the distances' own roundings show

// p(. | i) for one β, from the squared distances of row i; returns its entropy in nats. The least distance is taken
// from all, so that not every exponential underflows.
double Conditional(int64_t n, int64_t i, const double* distances, double least, double beta, double* p) {
  double sum = 0, weighted = 0;
  for (int64_t j = 0; j < n; ++j) {
    const double distance = distances[j] - least;
    p[j] = j == i ? 0 : std::exp(-beta * distance);
    sum += p[j];
    weighted += p[j] * distance;
  }
  for (int64_t j = 0; j < n; ++j) p[j] /= sum;
  return std::log(sum) + beta * weighted / sum;
}

// The row p(. | i) whose entropy is `aim`: entropy falls as β grows.
void BisectRow(int64_t n, int64_t i, const double* distances, double aim, double* p) {
  double least = std::numeric_limits<double>::infinity(), mean = 0;
  for (int64_t j = 0; j < n; ++j) {
    if (j == i) continue;
    least = std::min(least, distances[j]);
    mean += distances[j] / static_cast<double>(n - 1);
  }
  double low = 0, high = std::numeric_limits<double>::infinity(), beta = mean > 0 ? 1 / mean : 1;
  for (int step = 0; step < kMostSteps && beta * mean < kSharpest; ++step) {
    const double entropy = Conditional(n, i, distances, least, beta, p);
    if (std::abs(entropy - aim) <= kTolerance) return;
    (entropy > aim ? low : high) = beta;
    beta = std::isinf(high) ? 2 * beta : (low + high) / 2;
  }
}

}  // namespace

Tensor NeighbourAffinities(const Tensor& features, double perplexity) {
  const Tensor x = FeatureMatrix("NeighbourAffinities", features, 3);
  const int64_t n = x.dim(0);
  DL_CHECK(perplexity > 1 && perplexity < static_cast<double>(n - 1))
      << "NeighbourAffinities: perplexity " << perplexity << " of " << n << " examples; it must be in (1, N - 1)";
  const Tensor distances = SquaredDistances(x, x);
  Tensor conditional({n, n}, DType::kF64), joint({n, n}, DType::kF64);
  double* p = conditional.mutable_data_f64();
  for (int64_t i = 0; i < n; ++i) {
    BisectRow(n, i, distances.data_f64() + i * n, std::log(perplexity), p + i * n);
  }
  double* element = joint.mutable_data_f64();
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t j = 0; j < n; ++j) *element++ = (p[i * n + j] + p[j * n + i]) / (2 * static_cast<double>(n));
  }
  return joint;
}

}  // namespace dl
