#include "modules/primitives/double_matmul.h"

#include <algorithm>

#include "cblas.h"
#include "modules/base/check.h"
#include "modules/primitives/internal/parallel.h"

namespace dl {

Tensor DoubleMatMul(const Tensor& a, const Tensor& b, Transposed transposed) {
  DL_CHECK(a.rank() == 2 && b.rank() == 2) << "DoubleMatMul: a is " << ToString(a.shape()) << ", b is "
                                           << ToString(b.shape()) << "; both must be matrices";
  const int64_t m = a.dim(transposed.a ? 1 : 0), k = a.dim(transposed.a ? 0 : 1), n = b.dim(transposed.b ? 0 : 1);
  DL_CHECK(k == b.dim(transposed.b ? 1 : 0))
      << "DoubleMatMul: a is " << ToString(a.shape()) << (transposed.a ? " transposed" : "") << ", b is "
      << ToString(b.shape()) << (transposed.b ? " transposed" : "") << "; the inner extents must be equal";
  if (m * n * k == 0) return Tensor::Zeros({m, n}, DType::kF64);
  Tensor c({m, n}, DType::kF64);
  double* out = c.mutable_data_f64();
  const double *left = a.data_f64(), *right = b.data_f64();
  const auto transpose = [](bool is) { return is ? CblasTrans : CblasNoTrans; };
  ParallelFor(m, std::max<int64_t>(n * k / 16, 1), [&](int64_t begin, int64_t end) {
    cblas_dgemm(CblasRowMajor, transpose(transposed.a), transpose(transposed.b), end - begin, n, k, 1.0,
                left + (transposed.a ? begin : begin * k), a.dim(1), right, b.dim(1), 0.0, out + begin * n, n);
  });
  return c;
}

Tensor DoubleGram(const Tensor& a, bool transposed) {
  Tensor c = DoubleMatMul(a, a, {.a = transposed, .b = !transposed});
  double* elements = c.mutable_data_f64();
  const int64_t m = c.dim(0);
  for (int64_t i = 0; i < m; ++i) {
    for (int64_t j = 0; j < i; ++j) elements[j * m + i] = elements[i * m + j];
  }
  return c;
}

}  // namespace dl
