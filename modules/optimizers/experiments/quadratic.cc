#include "modules/optimizers/experiments/quadratic.h"

#include <cmath>
#include <utility>

#include "modules/base/check.h"
#include "modules/training/interrupt.h"

namespace dl {
namespace {

constexpr double kDiverged = 1e9;

// D orthonormal rows: the rows of a matrix of normal numbers by Gram and Schmidt, twice over, against rounding.
std::vector<double> RandomRotation(size_t D, Random& random) {
  std::vector<double> q(D * D);
  for (double& element : q) element = random.Normal();
  for (size_t i = 0; i < D; ++i) {
    double* row = &q[i * D];
    for (size_t pass = 0; pass < 2; ++pass) {
      for (size_t k = 0; k < i; ++k) {
        const double* other = &q[k * D];
        double dot = 0;
        for (size_t j = 0; j < D; ++j) dot += row[j] * other[j];
        for (size_t j = 0; j < D; ++j) row[j] -= dot * other[j];
      }
    }
    double square = 0;
    for (size_t j = 0; j < D; ++j) square += row[j] * row[j];
    for (size_t j = 0; j < D; ++j) row[j] /= std::sqrt(square);
  }
  return q;
}

}  // namespace

std::vector<double> LogSpaced(double first, double last, int64_t count) {
  DL_CHECK(first > 0 && last > 0 && count >= 2) << "LogSpaced: " << count << " numbers from " << first << " to " << last;
  std::vector<double> numbers;
  for (int64_t i = 0; i < count; ++i) {
    numbers.push_back(first * std::pow(last / first, static_cast<double>(i) / static_cast<double>(count - 1)));
  }
  return numbers;
}

Quadratic::Quadratic(std::vector<double> eigenvalues) : eigenvalues_(std::move(eigenvalues)) {}

Quadratic::Quadratic(std::vector<double> eigenvalues, Random& random)
    : eigenvalues_(std::move(eigenvalues)), eigenvectors_(RandomRotation(eigenvalues_.size(), random)) {
  const size_t D = eigenvalues_.size();
  hessian_.resize(D * D);
  for (size_t k = 0; k < D; ++k) {
    const double* q = &eigenvectors_[k * D];
    for (size_t i = 0; i < D; ++i) {
      for (size_t j = 0; j < D; ++j) hessian_[i * D + j] += eigenvalues_[k] * q[i] * q[j];
    }
  }
}

Tensor Quadratic::At(const std::vector<double>& coordinates) const {
  const size_t D = eigenvalues_.size();
  DL_CHECK(coordinates.size() == D) << "Quadratic::At: " << coordinates.size() << " coordinates in " << D << " dimensions";
  Tensor point = Tensor::Zeros({dimension()}, DType::kF64);
  double* x = point.mutable_data_f64();
  for (size_t k = 0; k < D; ++k) {
    if (eigenvectors_.empty()) x[k] = coordinates[k];
    for (size_t j = 0; j < D && !eigenvectors_.empty(); ++j) x[j] += coordinates[k] * eigenvectors_[k * D + j];
  }
  return point;
}

Tensor Quadratic::Gradient(const Tensor& x) const {
  const size_t D = eigenvalues_.size();
  Tensor gradient = Tensor::Zeros({dimension()}, DType::kF64);
  double* g = gradient.mutable_data_f64();
  const double* p = x.data_f64();
  if (hessian_.empty()) {
    for (size_t i = 0; i < D; ++i) g[i] = eigenvalues_[i] * p[i];
    return gradient;
  }
  for (size_t k = 0; k < D; ++k) {  // H is symmetric: its rows are its columns
    const double* row = &hessian_[k * D];
    for (size_t i = 0; i < D; ++i) g[i] += row[i] * p[k];
  }
  return gradient;
}

double Quadratic::Value(const Tensor& x) const {
  const Tensor gradient = Gradient(x);
  double value = 0;
  for (int64_t i = 0; i < dimension(); ++i) value += 0.5 * x.data_f64()[i] * gradient.data_f64()[i];
  return value;
}

double Length(const Tensor& x) {
  const double* p = x.data_f64();
  double square = 0;
  for (int64_t i = 0; i < x.size(); ++i) square += p[i] * p[i];
  return std::sqrt(square);
}

absl::StatusOr<Descent> Descend(const Quadratic& f, Tensor start, const MakeOptimizerOf& make,
                                const DescentOptions& options) {
  Variable x(std::move(start));
  const auto optimizer = make({x});
  const double from = Length(x.value());
  Descent descent{{1}, {}};
  for (int64_t close = 0; close <= options.stay && optimizer->step() < options.most_steps;) {
    if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
    optimizer->StepWith([&] { return std::vector<Tensor>{f.Gradient(x.value())}; });
    descent.distances.push_back(Length(x.value()) / from);
    close = descent.distances.back() <= options.until ? close + 1 : 0;
    if (!(descent.distances.back() < kDiverged)) {
      descent.diverged_at = optimizer->step();
      break;
    }
  }
  return descent;
}

}  // namespace dl
