// The eigenvalues and eigenvectors of a symmetric matrix.
#ifndef MODULES_PRIMITIVES_SYMMETRIC_EIGEN_H_
#define MODULES_PRIMITIVES_SYMMETRIC_EIGEN_H_

#include "modules/primitives/tensor.h"

namespace dl {

struct SymmetricEigen {
  Tensor values;   // [D], f64, the largest first
  Tensor vectors;  // [D, D], f64: row k is the unit vector that belongs to value k; its sign says nothing
};

// Of a: plain f64 [D, D], symmetric, D >= 1: a = vectorsᵀ diag(values) vectors. Errors are some roundings of the
// largest value. O(D³): a second of one core for a thousand rows.
//
// Up to 64 rows by Jacobi's method (1846): rotations in the planes of two axes, each of which makes one pair of
// elements zero, sweep by sweep until nothing is left beside the diagonal. Larger ones are made tridiagonal first
// (internal/tridiagonal_eigen.h).
SymmetricEigen SymmetricEigenOf(const Tensor& a);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_SYMMETRIC_EIGEN_H_
