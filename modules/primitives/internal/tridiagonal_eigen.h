// Eigenvalues and eigenvectors of a symmetric matrix by way of a tridiagonal one: the fast way for many rows.
#ifndef MODULES_PRIMITIVES_INTERNAL_TRIDIAGONAL_EIGEN_H_
#define MODULES_PRIMITIVES_INTERNAL_TRIDIAGONAL_EIGEN_H_

#include <cstdint>
#include <vector>

namespace dl {

// In no order: row k of `vectors`, [n, n], is the unit vector that belongs to values[k].
struct EigenRows {
  std::vector<double> values, vectors;
};

// Of a: [n, n], row-major, symmetric, n >= 1. Householder's reflections (1958) make it tridiagonal, QL steps with
// implicit shifts (Bowdler, Martin, Reinsch & Wilkinson 1968) take the rest off the diagonal. About 9 n³ operations,
// all along rows.
EigenRows TridiagonalEigen(int64_t n, std::vector<double> a);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_INTERNAL_TRIDIAGONAL_EIGEN_H_
