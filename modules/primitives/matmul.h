// Products of matrices.
#ifndef MODULES_PRIMITIVES_MATMUL_H_
#define MODULES_PRIMITIVES_MATMUL_H_

#include "modules/primitives/tensor.h"

namespace dl {

struct Transposed {
  bool a = false, b = false;
};

// c = a b, where `transposed` says which of the two is stored as its transpose. All are plain, f32 or f64.
// a: [M, K], or [K, M] if transposed.a; b: [K, N], or [N, K] if transposed.b; c: [M, N].
Tensor MatMul(const Tensor& a, const Tensor& b, Transposed transposed = {});

// y = x wᵀ + b, one row for each row of x. x: [N, D], w: [K, D], b: [K]; y: [N, K]. All are plain, f32 or f64.
Tensor Affine(const Tensor& x, const Tensor& w, const Tensor& b);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_MATMUL_H_
