#include "modules/primitives/internal/tridiagonal_eigen.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "modules/base/check.h"
#include "modules/primitives/internal/multiversion.h"

namespace dl {
namespace {

constexpr int kMostSteps = 60;  // for one value: two or three are usual

// What is smaller than this share of the matrix's norm is nothing: far below its roundings, and too near the least of
// numbers for the square of it to be divided by.
constexpr double kNothing = 1e-18;

// y += factor x.
DL_MULTIVERSION void Accumulate(int64_t n, double factor, const double* x, double* y) {
#pragma GCC ivdep
  for (int64_t k = 0; k < n; ++k) y[k] += factor * x[k];
}

// (x, y) ← (c x - s y, s x + c y).
DL_MULTIVERSION void RotateRows(int64_t n, double c, double s, double* x, double* y) {
#pragma GCC ivdep
  for (int64_t k = 0; k < n; ++k) {
    const double old = x[k];
    x[k] = c * old - s * y[k];
    y[k] = s * old + c * y[k];
  }
}

double Dot(const std::vector<double>& x, const std::vector<double>& y) {
  double sum = 0;
  for (size_t k = 0; k < x.size(); ++k) sum += x[k] * y[k];
  return sum;
}

// A matrix that is zero but for its diagonal and beside[k] = t(k, k + 1); the last of `beside` is 0.
struct Tridiagonal {
  std::vector<double> diagonal, beside;
};

// The mirror image I - factor v vᵀ of the axes behind the first n - v.size().
struct Reflection {
  std::vector<double> v;
  double factor = 0;
};

// The reflection that turns x into (`image`, 0, ..., 0); none where x is nothing.
Reflection ReflectionOf(std::vector<double> x, double nothing, double& image) {
  const double norm = std::sqrt(Dot(x, x));
  image = norm > nothing ? -std::copysign(norm, x[0]) : 0;
  x[0] -= image;
  return {x, norm > nothing ? 2 / Dot(x, x) : 0};
}

// Reflects, axis by axis, what is beside the diagonal of a onto the places next to it.
Tridiagonal Reduce(int64_t n, double nothing, std::vector<double>& a, std::vector<Reflection>& reflections) {
  Tridiagonal t = {std::vector<double>(n), std::vector<double>(n)};
  for (int64_t k = 0; k + 1 < n; ++k) {
    const int64_t rest = n - k - 1;
    const double* row = &a[k * n + k + 1];
    Reflection h = ReflectionOf({row, row + rest}, nothing, t.beside[k]);
    // H A H = A - v wᵀ - w vᵀ, where w = p - factor/2 (vᵀp) v and p = factor A v.
    std::vector<double> w(rest);
    for (int64_t i = 0; i < rest; ++i) Accumulate(rest, h.factor * h.v[i], &a[(k + 1 + i) * n + k + 1], w.data());
    Accumulate(rest, -h.factor / 2 * Dot(h.v, w), h.v.data(), w.data());
    for (int64_t i = 0; i < rest; ++i) {
      double* below = &a[(k + 1 + i) * n + k + 1];
      Accumulate(rest, -h.v[i], w.data(), below);
      Accumulate(rest, -w[i], h.v.data(), below);
    }
    reflections.push_back(std::move(h));
  }
  for (int64_t k = 0; k < n; ++k) t.diagonal[k] = a[k * n + k];
  return t;
}

// The rows of (H_0 H_1 ...)ᵀ: what turns the axes of the tridiagonal matrix back.
std::vector<double> Product(int64_t n, const std::vector<Reflection>& reflections) {
  std::vector<double> q(n * n), rows(n * n);
  for (int64_t k = 0; k < n; ++k) q[k * n + k] = 1;
  for (auto h = reflections.rbegin(); h != reflections.rend(); ++h) {
    const auto rest = static_cast<int64_t>(h->v.size());
    double* corner = &q[(n - rest) * n + n - rest];
    std::vector<double> w(rest);
    for (int64_t i = 0; i < rest; ++i) Accumulate(rest, h->v[i], corner + i * n, w.data());
    for (int64_t i = 0; i < rest; ++i) Accumulate(rest, -h->factor * h->v[i], w.data(), corner + i * n);
  }
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t j = 0; j < n; ++j) rows[j * n + i] = q[i * n + j];
  }
  return rows;
}

// The end of the block that begins at `first`: the first place from there on with nothing that counts beside it.
int64_t EndOfBlock(const Tridiagonal& t, double nothing, int64_t first) {
  int64_t last = first;
  while (last + 1 < static_cast<int64_t>(t.diagonal.size())) {
    const double around = std::abs(t.diagonal[last]) + std::abs(t.diagonal[last + 1]);
    if (std::abs(t.beside[last]) <= std::max(nothing, std::numeric_limits<double>::epsilon() * around)) break;
    ++last;
  }
  return last;
}

// One QL step on the block {first, ..., last}: rotations from its end to its beginning chase what a shift near the
// first eigenvalue brings in.
void StepQL(int64_t n, int64_t first, int64_t last, Tridiagonal& t, std::vector<double>& vectors) {
  std::vector<double>&d = t.diagonal, &e = t.beside;
  const double theta = (d[first + 1] - d[first]) / (2 * e[first]);
  double g = d[last] - d[first] + e[first] / (theta + std::copysign(std::hypot(theta, 1.0), theta));
  double s = 1, c = 1, p = 0;
  for (int64_t i = last - 1; i >= first; --i) {
    const double f = s * e[i], b = c * e[i], r = std::hypot(f, g);
    e[i + 1] = r;
    if (r == 0) {  // the block falls apart here
      d[i + 1] -= p;
      e[last] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const double turned = (d[i] - g) * s + 2 * c * b;
    p = s * turned;
    d[i + 1] = g + p;
    g = c * turned - b;
    RotateRows(n, c, s, &vectors[i * n], &vectors[(i + 1) * n]);
  }
  d[first] -= p;
  e[first] = g;
  e[last] = 0;
}

}  // namespace

EigenRows TridiagonalEigen(int64_t n, std::vector<double> a) {
  std::vector<Reflection> reflections;
  const double nothing = kNothing * std::sqrt(Dot(a, a));
  DL_CHECK(std::isfinite(nothing)) << "TridiagonalEigen: an element is no number, or squares of elements overflow";
  Tridiagonal t = Reduce(n, nothing, a, reflections);
  std::vector<double> vectors = Product(n, reflections);
  for (int64_t first = 0; first < n; ++first) {
    int64_t last;
    for (int step = 0; (last = EndOfBlock(t, nothing, first)) != first; ++step) {
      DL_CHECK(step < kMostSteps) << "TridiagonalEigen: no end after " << step << " steps; is an element no number?";
      StepQL(n, first, last, t, vectors);
    }
  }
  return {std::move(t.diagonal), std::move(vectors)};
}

}  // namespace dl
