// The twins of matmul.h and their derivatives.
#ifndef MODULES_PRIMITIVES_REFERENCE_MATMUL_H_
#define MODULES_PRIMITIVES_REFERENCE_MATMUL_H_

#include "modules/primitives/matmul.h"
#include "modules/primitives/reference/array.h"

namespace dl::reference {

// c[m, n] = sum over k of a[m, k] b[k, n].
template <typename T>
Array<T> MatMul(const Array<T>& a, const Array<T>& b, Transposed transposed = {}) {
  const int64_t rows = a.shape[transposed.a ? 1 : 0], inner = a.shape[transposed.a ? 0 : 1];
  const int64_t columns = b.shape[transposed.b ? 0 : 1];
  Array<T> c({rows, columns});
  for (int64_t m = 0; m < rows; ++m) {
    for (int64_t n = 0; n < columns; ++n) {
      for (int64_t k = 0; k < inner; ++k) {
        c(m, n) += (transposed.a ? a(k, m) : a(m, k)) * (transposed.b ? b(n, k) : b(k, n));
      }
    }
  }
  return c;
}

// [affine_twin]
// y[n, k] = b[k] + sum over d of x[n, d] w[k, d].
template <typename T>
Array<T> Affine(const Array<T>& x, const Array<T>& w, const Array<T>& b) {
  Array<T> y = MatMul(x, w, {.b = true});
  for (int64_t n = 0; n < y.shape[0]; ++n) {
    for (int64_t k = 0; k < y.shape[1]; ++k) y(n, k) += b(k);
  }
  return y;
}

template <typename T>
struct AffineGradients {
  Array<T> dx, dw, db;
};

// dx = dy w, dw = dyᵀ x, db = the sum of dy's rows.
template <typename T>
AffineGradients<T> AffineBackward(const Array<T>& x, const Array<T>& w, const Array<T>& dy) {
  AffineGradients<T> gradients{MatMul(dy, w), MatMul(dy, x, {.a = true}), Array<T>({dy.shape[1]})};
  for (int64_t n = 0; n < dy.shape[0]; ++n) {
    for (int64_t k = 0; k < dy.shape[1]; ++k) gradients.db(k) += dy(n, k);
  }
  return gradients;
}
// [/affine_twin]

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_MATMUL_H_
