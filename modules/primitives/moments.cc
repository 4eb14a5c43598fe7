#include "modules/primitives/moments.h"

#include <cmath>

#include "modules/base/check.h"

namespace dl {

Moments MomentsOf(const Tensor& x) {
  DL_CHECK(x.size() > 0) << "MomentsOf: x is " << ToString(x.shape()) << "; no elements have no mean";
  const double n = static_cast<double>(x.size());
  Moments moments;
  for (float value : x.values()) moments.mean += value;
  moments.mean /= n;
  for (float value : x.values()) {
    moments.variance += (value - moments.mean) * (value - moments.mean);
    moments.mean_square += double{value} * value;
  }
  moments.variance /= n;
  moments.mean_square /= n;
  return moments;
}

double RootMeanSquare(const Tensor& x) { return std::sqrt(MomentsOf(x).mean_square); }

double EuclideanNorm(const Tensor& x) { return RootMeanSquare(x) * std::sqrt(static_cast<double>(x.size())); }

}  // namespace dl
