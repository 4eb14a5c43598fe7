// Products of matrices in double by BLAS, for statistics of many rows: MatMul gives f64 to its naive twin, which proves
// gradients and is slow.
#ifndef MODULES_PRIMITIVES_DOUBLE_MATMUL_H_
#define MODULES_PRIMITIVES_DOUBLE_MATMUL_H_

#include "modules/primitives/matmul.h"
#include "modules/primitives/tensor.h"

namespace dl {

// c = a b as MatMul has it, of plain f64 matrices. a: [M, K], or [K, M] if transposed.a; b: [K, N], or [N, K] if
// transposed.b; c: [M, N].
Tensor DoubleMatMul(const Tensor& a, const Tensor& b, Transposed transposed = {});

// a aᵀ, symmetric to the last bit. a: plain f64 [M, K], or [K, M] if `transposed`, and then aᵀ a; c: [M, M].
Tensor DoubleGram(const Tensor& a, bool transposed = false);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_DOUBLE_MATMUL_H_
