// Principal component analysis (Pearson 1901): the directions along which features vary most.
#ifndef MODULES_TRANSFER_PRINCIPAL_COMPONENTS_H_
#define MODULES_TRANSFER_PRINCIPAL_COMPONENTS_H_

#include <cstdint>

#include "modules/primitives/tensor.h"

namespace dl {

// Of features [N, D]; all f64.
struct PrincipalComponents {
  Tensor means;      // [D]
  Tensor axes;       // [K, D]: orthogonal unit vectors, the one of most variance first
  Tensor variances;  // [K]: of the features along each axis, divided by N - 1
  double total = 0;  // the variance of all D columns together

  // The share of all variance that lies along axis k; 0 where there is none at all.
  double Share(int64_t k) const { return total > 0 ? variances.data_f64()[k] / total : 0; }
};

// The first `count` components of features [N, ...] of any type; count in {1, ..., min(N - 1, D)}. The sign of an axis
// is that which makes its largest element, by absolute value, positive, the first among equals. By the eigenvectors of
// the covariance [D, D] or of the products of rows [N, N], whichever is smaller. An axis along which nothing varies
// may be any unit vector, 0 included.
PrincipalComponents PrincipalComponentsOf(const Tensor& features, int64_t count);

// The coordinates of features [M, ...] along the axes, f64 [M, K].
Tensor Project(const PrincipalComponents& components, const Tensor& features);

}  // namespace dl

#endif  // MODULES_TRANSFER_PRINCIPAL_COMPONENTS_H_
