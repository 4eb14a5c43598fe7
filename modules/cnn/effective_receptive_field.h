// The effective receptive field (Luo et al. 2016): how much each pixel that a unit can see matters to it.
#ifndef MODULES_CNN_EFFECTIVE_RECEPTIVE_FIELD_H_
#define MODULES_CNN_EFFECTIVE_RECEPTIVE_FIELD_H_

#include <functional>

#include "modules/backprop/variable.h"
#include "modules/base/random.h"

namespace dl {

// The influence of each pixel on the unit in the middle of a map: the mean, over the images and channels of x, of the
// absolute derivative with respect to that pixel, [H, W] in f64. `map` makes [N, K, Ho, Wo] of x [N, C, H, W]; of the K
// maps' units at (Ho / 2, Wo / 2) it takes a sum with normal weights, drawn by `random` for each image.
Tensor CenterInfluence(const std::function<Variable(const Variable& x)>& map, const Tensor& x, Random& random);

struct InfluenceSize {
  double spread = 0;  // pixels: the root mean square distance from the centroid along one axis, weighted by influence
  double side = 0;    // pixels: of the square of as many pixels as have more than 4.55 % of the largest influence, Luo
                      // et al.'s measure: 4.55 % of a normal distribution lie beyond two standard deviations
};

// influence: [H, W], f64, without negative elements; zeros everywhere have size 0.
InfluenceSize SizeOf(const Tensor& influence);

}  // namespace dl

#endif  // MODULES_CNN_EFFECTIVE_RECEPTIVE_FIELD_H_
