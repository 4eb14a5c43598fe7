#include "modules/transfer/centred_kernel_alignment.h"

#include <cmath>
#include <vector>

#include "modules/base/check.h"
#include "modules/primitives/double_matmul.h"
#include "modules/transfer/feature_matrix.h"

namespace dl {
namespace {

void CheckGrams(const char* caller, const Tensor& a, const Tensor& b, int64_t least) {
  DL_CHECK(a.rank() == 2 && a.dim(0) == a.dim(1) && a.dim(0) >= least && a.shape() == b.shape())
      << caller << ": the matrices are " << ToString(a.shape()) << " and " << ToString(b.shape())
      << "; they must be [N, N] of the same N of " << least << " or more";
}

// What both estimators are made of, for matrices with or without their diagonals.
struct Sums {
  double products = 0;  // tr(K L), K and L symmetric
  double k = 0, l = 0;  // 1ᵀK1, 1ᵀL1
  double rows = 0;      // 1ᵀK L1
};

Sums SumsOf(const Tensor& a, const Tensor& b, bool diagonal) {
  const int64_t n = a.dim(0);
  Sums sums;
  for (int64_t i = 0; i < n; ++i) {
    const double *k = a.data_f64() + i * n, *l = b.data_f64() + i * n;
    double k_row = 0, l_row = 0;
    for (int64_t j = 0; j < n; ++j) {
      if (i == j && !diagonal) continue;
      sums.products += k[j] * l[j];
      k_row += k[j];
      l_row += l[j];
    }
    sums.k += k_row;
    sums.l += l_row;
    sums.rows += k_row * l_row;
  }
  return sums;
}

// tr(K H L H).
double Hsic(const Tensor& a, const Tensor& b) {
  const Sums s = SumsOf(a, b, true);
  const auto n = static_cast<double>(a.dim(0));
  return s.products - 2 * s.rows / n + s.k * s.l / (n * n);
}

// Without the common factor 1 / (N (N - 3)).
double UnbiasedHsic(const Tensor& a, const Tensor& b) {
  const Sums s = SumsOf(a, b, false);
  const auto n = static_cast<double>(a.dim(0));
  return s.products + s.k * s.l / ((n - 1) * (n - 2)) - 2 / (n - 2) * s.rows;
}

double Aligned(double (*hsic)(const Tensor& a, const Tensor& b), const Tensor& a, const Tensor& b) {
  const double own_a = hsic(a, a), own_b = hsic(b, b);
  return own_a > 0 && own_b > 0 ? hsic(a, b) / std::sqrt(own_a * own_b) : 0;
}

}  // namespace

Tensor LinearGram(const Tensor& features) {
  const Tensor x = FeatureMatrix("LinearGram", features);
  return DoubleGram(Centred(x, ColumnMeans(x)));
}

double Cka(const Tensor& a, const Tensor& b) {
  CheckGrams("Cka", a, b, 1);
  return Aligned(Hsic, a, b);
}

double UnbiasedCka(const Tensor& a, const Tensor& b) {
  CheckGrams("UnbiasedCka", a, b, 4);
  return Aligned(UnbiasedHsic, a, b);
}

}  // namespace dl
