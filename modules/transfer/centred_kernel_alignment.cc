#include "modules/transfer/centred_kernel_alignment.h"

#include <cmath>
#include <numeric>

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

// tr(K H L H), where H leaves K and L of centred features as they are.
double Hsic(const Tensor& a, const Tensor& b) {
  return std::inner_product(a.data_f64(), a.data_f64() + a.size(), b.data_f64(), 0.0);
}

// Without the common factor 1 / (N (N - 3)).
double UnbiasedHsic(const Tensor& a, const Tensor& b) {
  const int64_t n = a.dim(0);
  double products = 0, k_sum = 0, l_sum = 0, rows = 0;  // tr(K̃ L̃), 1ᵀK̃1, 1ᵀL̃1, 1ᵀK̃ L̃1
  for (int64_t i = 0; i < n; ++i) {
    const double *k = a.data_f64() + i * n, *l = b.data_f64() + i * n;
    double k_row = 0, l_row = 0;
    for (int64_t j = 0; j < n; ++j) {
      if (i == j) continue;
      products += k[j] * l[j];
      k_row += k[j];
      l_row += l[j];
    }
    k_sum += k_row;
    l_sum += l_row;
    rows += k_row * l_row;
  }
  const auto count = static_cast<double>(n);
  return products + k_sum * l_sum / ((count - 1) * (count - 2)) - 2 / (count - 2) * rows;
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
