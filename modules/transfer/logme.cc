#include "modules/transfer/logme.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "modules/primitives/double_matmul.h"
#include "modules/primitives/symmetric_eigen.h"
#include "modules/transfer/feature_labels.h"
#include "modules/transfer/feature_matrix.h"

namespace dl {
namespace {

constexpr double kGuard = 1e-5;      // what a denominator has at least
constexpr double kTolerance = 1e-9;  // the relative change of α / β that ends the iteration
constexpr int kMostSteps = 1000;

// The spectrum of F, and y in its coordinates. Directions without features (σ = 0) are left out.
struct Problem {
  double examples;              // N
  std::vector<double> sigma;    // eigenvalues of FᵀF
  std::vector<double> squares;  // (uᵀ y)² for the left singular vector u of each
  double outside;               // |y|² less these: what no weights can explain
};

// The eigenvalues of FᵀF, or of F Fᵀ, which has the same but for zeros, whichever is smaller, above rounding; and the
// left singular vectors as rows.
struct Spectrum {
  std::vector<double> sigma;
  Tensor left;  // [at least as many rows, N]
};

Spectrum SpectrumOf(const Tensor& f) {
  const int64_t n = f.dim(0), d = f.dim(1);
  const SymmetricEigen eigen = SymmetricEigenOf(DoubleGram(f, /*transposed=*/d < n));
  Spectrum spectrum = {{}, d < n ? DoubleMatMul(eigen.vectors, f, {.b = true}) : eigen.vectors};
  const double* values = eigen.values.data_f64();
  for (int64_t k = 0; k < eigen.values.size() && values[k] > 1e-12 * values[0]; ++k) {
    spectrum.sigma.push_back(values[k]);
    if (d >= n) continue;
    for (int64_t i = 0; i < n; ++i) spectrum.left.mutable_data_f64()[k * n + i] /= std::sqrt(values[k]);
  }
  return spectrum;
}

// The largest log p, as the file's header has it, each sum in the coordinates of the spectrum.
double LargestEvidence(const Problem& p) {
  const double n = p.examples;
  double alpha = 1, beta = 1;
  for (int step = 0;; ++step) {
    const double t = alpha / beta;
    double gamma = 0, weights = 0, residual = p.outside, determinant = 0;
    for (size_t k = 0; k < p.sigma.size(); ++k) {
      const double sigma = p.sigma[k], sum = sigma + t;
      gamma += sigma / sum;
      weights += sigma * p.squares[k] / (sum * sum);
      residual += p.squares[k] * t * t / (sum * sum);
    }
    alpha = gamma / (weights + kGuard);
    beta = (n - gamma) / (residual + kGuard);
    if (std::abs(alpha / beta - t) > kTolerance * t && step < kMostSteps) continue;
    for (const double sigma : p.sigma) determinant += std::log1p(beta * sigma / alpha);
    return (n * std::log(beta) - n * std::log(2 * std::numbers::pi) - beta * residual - alpha * weights - determinant) /
           2;
  }
}

}  // namespace

double LogMe(const Tensor& features, absl::Span<const int32_t> labels) {
  const Tensor f = FeatureMatrix("LogMe", features, 2);
  const int64_t n = f.dim(0), classes = ClassCount("LogMe", n, labels);
  const Spectrum spectrum = SpectrumOf(f);
  const std::vector<int64_t> rows = RowsOfClasses(labels, classes);
  double sum = 0;
  for (int64_t c = 0; c < classes; ++c) {
    const auto ones = static_cast<double>(rows[c]);
    Problem problem = {static_cast<double>(n), spectrum.sigma, {}, ones};
    for (size_t k = 0; k < spectrum.sigma.size(); ++k) {
      double projection = 0;
      for (int64_t i = 0; i < n; ++i) projection += labels[i] == c ? spectrum.left.data_f64()[k * n + i] : 0;
      problem.squares.push_back(projection * projection);
      problem.outside -= problem.squares.back();
    }
    problem.outside = std::max(problem.outside, 0.0);
    sum += LargestEvidence(problem);
  }
  return sum / static_cast<double>(classes * n);
}

}  // namespace dl
