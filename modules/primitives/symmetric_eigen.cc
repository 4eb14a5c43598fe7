#include "modules/primitives/symmetric_eigen.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "modules/base/check.h"
#include "modules/primitives/internal/tridiagonal_eigen.h"

namespace dl {
namespace {

constexpr int kMostSweeps = 60;      // convergence is quadratic: six to ten are usual
constexpr int64_t kMostJacobi = 64;  // rows; from there on columns leave the cache, and of 512 rows the other way takes
                                     // an eightieth of the time

struct Matrix {
  int64_t n;
  std::vector<double> elements;
  double& operator()(int64_t i, int64_t j) { return elements[i * n + j]; }
};

// (x, y) ← (c x - s y, s x + c y).
void Rotate(double c, double s, double& x, double& y) {
  const double old = x;
  x = c * old - s * y;
  y = s * old + c * y;
}

// Turns the axes p and q so that a(p, q) becomes zero; row k of `vectors` is axis k.
void Annihilate(Matrix& a, Matrix& vectors, int64_t p, int64_t q) {
  // tan of the angle: the smaller root of t² + 2 θ t - 1 = 0, θ = cot(twice the angle).
  const double theta = (a(q, q) - a(p, p)) / (2 * a(p, q));
  const double t = std::copysign(1.0, theta) / (std::abs(theta) + std::hypot(theta, 1.0));
  const double c = 1 / std::hypot(t, 1.0), s = t * c;
  for (int64_t k = 0; k < a.n; ++k) Rotate(c, s, a(k, p), a(k, q));
  for (int64_t k = 0; k < a.n; ++k) Rotate(c, s, a(p, k), a(q, k));
  for (int64_t k = 0; k < a.n; ++k) Rotate(c, s, vectors(p, k), vectors(q, k));
  a(p, q) = a(q, p) = 0;
}

// Whether nothing that counts beside the diagonal is left beside the diagonal.
bool IsDiagonal(Matrix& a) {
  double beside = 0, all = 0;
  for (int64_t i = 0; i < a.n; ++i) {
    for (int64_t j = 0; j < a.n; ++j) {
      all += a(i, j) * a(i, j);
      if (i != j) beside += a(i, j) * a(i, j);
    }
  }
  return beside <= 1e-32 * all;
}

EigenRows Jacobi(Matrix a) {
  const int64_t n = a.n;
  Matrix vectors{n, std::vector<double>(n * n)};
  for (int64_t i = 0; i < n; ++i) vectors(i, i) = 1;
  for (int sweep = 0; !IsDiagonal(a); ++sweep) {
    DL_CHECK(sweep < kMostSweeps) << "SymmetricEigenOf: no end after " << sweep << " sweeps; is an element no number?";
    for (int64_t p = 0; p < n; ++p) {
      for (int64_t q = p + 1; q < n; ++q) {
        if (a(p, q) != 0) Annihilate(a, vectors, p, q);
      }
    }
  }
  EigenRows eigen = {std::vector<double>(n), std::move(vectors.elements)};
  for (int64_t k = 0; k < n; ++k) eigen.values[k] = a(k, k);
  return eigen;
}

}  // namespace

SymmetricEigen SymmetricEigenOf(const Tensor& tensor) {
  DL_CHECK(tensor.rank() == 2 && tensor.dim(0) == tensor.dim(1) && tensor.dim(0) >= 1)
      << "SymmetricEigenOf: the matrix is " << ToString(tensor.shape()) << ", it must be square and not empty";
  const int64_t n = tensor.dim(0);
  Matrix a{n, {tensor.data_f64(), tensor.data_f64() + n * n}};
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t j = 0; j < i; ++j) {
      DL_CHECK(a(i, j) == a(j, i)) << "SymmetricEigenOf: the elements at (" << i << ", " << j << ") and (" << j << ", "
                                   << i << ") are " << a(i, j) << " and " << a(j, i) << "; they must be equal";
    }
  }
  const EigenRows eigen = n <= kMostJacobi ? Jacobi(std::move(a)) : TridiagonalEigen(n, std::move(a.elements));
  std::vector<int64_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int64_t i, int64_t j) { return eigen.values[i] > eigen.values[j]; });
  SymmetricEigen result = {Tensor({n}, DType::kF64), Tensor({n, n}, DType::kF64)};
  for (int64_t k = 0; k < n; ++k) {
    result.values.mutable_data_f64()[k] = eigen.values[order[k]];
    std::copy_n(&eigen.vectors[order[k] * n], n, result.vectors.mutable_data_f64() + k * n);
  }
  return result;
}

}  // namespace dl
