#include "modules/primitives/matmul.h"

#include <algorithm>

#include "cblas.h"
#include "modules/base/check.h"
#include "modules/primitives/internal/onednn_version.h"

namespace dl {
namespace {

// Below this many multiplications OpenBLAS is faster, above it oneDNN, whose threads share one product better. On two
// cores with AVX-512: 64·10·64 takes 1.4 us against 2.3 us, 64·128·784 takes 72 us against 44 us; //tools:bench tells.
constexpr int64_t kSmallProduct = int64_t{1} << 17;

// c = op(a) op(b) + beta c, all row-major; the rows of a, b and c are lda, ldb and n long.
void Gemm(Transposed t, int64_t m, int64_t n, int64_t k, const float* a, const float* b, float beta, float* c) {
  const int64_t lda = std::max<int64_t>(t.a ? m : k, 1), ldb = std::max<int64_t>(t.b ? k : n, 1);
  if (m * n * k <= kSmallProduct) {
    cblas_sgemm(CblasRowMajor, t.a ? CblasTrans : CblasNoTrans, t.b ? CblasTrans : CblasNoTrans, m, n, k, 1.0f, a, lda,
                b, ldb, beta, c, n);
    return;
  }
  const dnnl_status_t status =
      dnnl_sgemm(t.a ? 'T' : 'N', t.b ? 'T' : 'N', m, n, k, 1.0f, a, lda, b, ldb, beta, c, n);
  DL_CHECK(status == dnnl_success) << "dnnl_sgemm: status " << status << " for " << m << " x " << n << " x " << k;
}

}  // namespace

Tensor MatMul(const Tensor& a, const Tensor& b, Transposed transposed) {
  DL_CHECK(a.rank() == 2 && b.rank() == 2) << "MatMul: a is " << ToString(a.shape()) << ", b is "
                                           << ToString(b.shape()) << "; both must be matrices";
  const int rows = transposed.a ? 1 : 0, columns = transposed.b ? 0 : 1;
  DL_CHECK(a.dim(1 - rows) == b.dim(1 - columns))
      << "MatMul: a is " << ToString(a.shape()) << ", b is " << ToString(b.shape()) << "; a.dim(" << 1 - rows
      << ") must equal b.dim(" << 1 - columns << ")";
  const int64_t m = a.dim(rows), k = a.dim(1 - rows), n = b.dim(columns);
  if (m * n * k == 0) return Tensor::Zeros({m, n});
  Tensor c({m, n});
  Gemm(transposed, m, n, k, a.data(), b.data(), 0.0f, c.mutable_data());
  return c;
}

Tensor Affine(const Tensor& x, const Tensor& w, const Tensor& b) {
  DL_CHECK(x.rank() == 2 && w.rank() == 2 && x.dim(1) == w.dim(1) && b.shape() == Shape{w.dim(0)})
      << "Affine: x is " << ToString(x.shape()) << ", w is " << ToString(w.shape()) << ", b is "
      << ToString(b.shape()) << "; they must be [N, D], [K, D] and [K]";
  const int64_t n = x.dim(0), d = x.dim(1), k = w.dim(0);
  Tensor y({n, k});
  float* rows = y.mutable_data();
  for (int64_t i = 0; i < n; ++i) std::copy_n(b.data(), k, rows + i * k);
  if (n * d * k > 0) Gemm({.b = true}, n, k, d, x.data(), w.data(), 1.0f, rows);
  return y;
}

}  // namespace dl
