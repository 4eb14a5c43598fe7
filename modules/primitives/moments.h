// The moments of a tensor's elements: how big they are, and how much they vary.
#ifndef MODULES_PRIMITIVES_MOMENTS_H_
#define MODULES_PRIMITIVES_MOMENTS_H_

#include "modules/primitives/tensor.h"

namespace dl {

struct Moments {
  double mean = 0;
  double variance = 0;     // the mean of (x - mean)²
  double mean_square = 0;  // the mean of x²; its root is the root mean square, the root of its sum the Euclidean norm
};

// Over all elements of x, at least one, plain f32; summed in double. NaN or infinite where an element is.
Moments MomentsOf(const Tensor& x);

// sqrt(mean of x²): the Euclidean norm, per element.
double RootMeanSquare(const Tensor& x);

// sqrt(sum of x²).
double EuclideanNorm(const Tensor& x);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_MOMENTS_H_
