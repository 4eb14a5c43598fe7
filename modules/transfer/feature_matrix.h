// Features as a matrix of doubles, one example a row, and the statistics that everything in this room asks of one.
#ifndef MODULES_TRANSFER_FEATURE_MATRIX_H_
#define MODULES_TRANSFER_FEATURE_MATRIX_H_

#include "modules/primitives/tensor.h"

namespace dl {

// [N, ...] of any type and layout → plain f64 [N, D], D the product of the rest. `caller` begins the message where
// there are fewer than `least` rows.
Tensor FeatureMatrix(const char* caller, const Tensor& features, int64_t least = 1);

// Two such of equal D.
struct FeaturePair {
  Tensor a, b;  // [N, D], [M, D]
};
FeaturePair FeatureMatrices(const char* caller, const Tensor& a, const Tensor& b, int64_t least = 1);

// The mean of each column of x: f64 [N, D], N >= 1; [D].
Tensor ColumnMeans(const Tensor& x);

// x with `means` [D] taken from each row; f64 [N, D].
Tensor Centred(const Tensor& x, const Tensor& means);

// The covariance of the columns, divided by N - 1: [D, D], symmetric to the last bit. x: f64 [N, D], N >= 2.
Tensor Covariance(const Tensor& x);

// |a_i - b_j|² for each pair of rows: [N, M]. a: f64 [N, D], b: f64 [M, D]. As |a_i|² + |b_j|² - 2 a_i·b_j about the
// mean of b, never below 0: equal rows are some roundings of the largest |a|² apart.
Tensor SquaredDistances(const Tensor& a, const Tensor& b);

}  // namespace dl

#endif  // MODULES_TRANSFER_FEATURE_MATRIX_H_
