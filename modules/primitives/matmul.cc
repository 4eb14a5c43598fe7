#include "modules/primitives/matmul.h"

#include <algorithm>

#include "cblas.h"
#include "modules/base/check.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/onednn_version.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/primitives/reference/matmul.h"

namespace dl {
namespace {

using reference::FromTensor;
using reference::ToTensor;

// Below this many multiplications OpenBLAS is faster on one core, above it oneDNN: with AVX-512, 64·10·64 takes 1.2 us
// against 1.3 us, 64·128·784 takes 96 us against 75 us.
constexpr int64_t kSmallProduct = int64_t{1} << 17;

// A row-major matrix, or its transpose where `transposed`; its stored rows are `stride` long.
struct Operand {
  const float* data;
  int64_t stride;
  bool transposed;

  Operand FromRow(int64_t row) const { return {data + (transposed ? row : row * stride), stride, transposed}; }
  Operand FromColumn(int64_t column) const {
    return {data + (transposed ? column * stride : column), stride, transposed};
  }
};

// c = a b + beta c in one thread. c: [m, n], its rows `stride` long; a: [m, k], b: [k, n].
void Gemm(int64_t m, int64_t n, int64_t k, Operand a, Operand b, float beta, float* c, int64_t stride) {
  if (m * n * k <= kSmallProduct) {
    const auto transpose = [](const Operand& x) { return x.transposed ? CblasTrans : CblasNoTrans; };
    cblas_sgemm(CblasRowMajor, transpose(a), transpose(b), m, n, k, 1.0f, a.data, a.stride, b.data, b.stride, beta, c,
                stride);
    return;
  }
  const dnnl_status_t status = dnnl_sgemm(a.transposed ? 'T' : 'N', b.transposed ? 'T' : 'N', m, n, k, 1.0f, a.data,
                                          a.stride, b.data, b.stride, beta, c, stride);
  DL_CHECK(status == dnnl_success) << "dnnl_sgemm: status " << status << " for " << m << " x " << n << " x " << k;
}

// How many elements of an element-wise loop cost as much as `products` multiplications: what ParallelFor wants to know.
int64_t WorkOf(int64_t products) { return std::max<int64_t>(products / 16, 1); }

}  // namespace

Tensor MatMul(const Tensor& a, const Tensor& b, Transposed transposed) {
  DL_CHECK(a.rank() == 2 && b.rank() == 2) << "MatMul: a is " << ToString(a.shape()) << ", b is "
                                           << ToString(b.shape()) << "; both must be matrices";
  const int rows = transposed.a ? 1 : 0, columns = transposed.b ? 0 : 1;
  DL_CHECK(a.dim(1 - rows) == b.dim(1 - columns))
      << "MatMul: a is " << ToString(a.shape()) << ", b is " << ToString(b.shape()) << "; a.dim(" << 1 - rows
      << ") must equal b.dim(" << 1 - columns << ")";
  if (AreF64("MatMul", a, b)) {
    return ToTensor(reference::MatMul(FromTensor<double>(a), FromTensor<double>(b), transposed));
  }
  const int64_t m = a.dim(rows), k = a.dim(1 - rows), n = b.dim(columns);
  if (m * n * k == 0) return Tensor::Zeros({m, n});
  const Operand left{a.data(), a.dim(1), transposed.a}, right{b.data(), b.dim(1), transposed.b};
  Tensor c({m, n});
  float* out = c.mutable_data();
  // Each thread makes some rows of c. Where c is the gradient of a weight, the optimizer's threads then update the rows
  // that they made, and Affine's read the rows that they updated: a weight stays in the cache of one core.
  ParallelFor(m, WorkOf(n * k), [&](int64_t begin, int64_t end) {
    Gemm(end - begin, n, k, left.FromRow(begin), right, 0.0f, out + begin * n, n);
  });
  return c;
}

Tensor Affine(const Tensor& x, const Tensor& w, const Tensor& b) {
  DL_CHECK(x.rank() == 2 && w.rank() == 2 && x.dim(1) == w.dim(1) && b.shape() == Shape{w.dim(0)})
      << "Affine: x is " << ToString(x.shape()) << ", w is " << ToString(w.shape()) << ", b is "
      << ToString(b.shape()) << "; they must be [N, D], [K, D] and [K]";
  if (AreF64("Affine", x, w, b)) {
    return ToTensor(reference::Affine(FromTensor<double>(x), FromTensor<double>(w), FromTensor<double>(b)));
  }
  const int64_t n = x.dim(0), d = x.dim(1), k = w.dim(0);
  Tensor y({n, k});
  float* rows = y.mutable_data();
  const Operand left{x.data(), d, false}, right{w.data(), d, true};
  // Each thread makes some outputs, which need the same rows of w.
  ParallelFor(k, WorkOf(n * d), [&](int64_t begin, int64_t end) {
    for (int64_t i = 0; i < n; ++i) std::copy(b.data() + begin, b.data() + end, rows + i * k + begin);
    if (n * d > 0) Gemm(n, end - begin, d, left, right.FromColumn(begin), 1.0f, rows + begin, k);
  });
  return y;
}

}  // namespace dl
