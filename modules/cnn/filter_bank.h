// What the filters of a first layer are like, in numbers: whether they have a direction, a colour, a Gabor's shape.
#ifndef MODULES_CNN_FILTER_BANK_H_
#define MODULES_CNN_FILTER_BANK_H_

#include <vector>

#include "modules/primitives/tensor.h"

namespace dl {

// All are shares, from 0 to 1.
struct FilterNumbers {
  // How much the response to gratings depends on their direction, at the spatial frequency of the largest response:
  // |Σ A² e^(2iθ)| / Σ A² over 16 directions θ of the amplitudes A, of all channels together. 0 for what is round.
  double orientation = 0;
  // The largest share of the filter's sum of squares that a Gabor function (a wave under a bell, Daugman 1985) takes,
  // of any of many directions, wave lengths, widths and places, with an amplitude and a phase for each channel. With so
  // much choice noise too has its share: compare with an untrained filter's.
  double gabor = 0;
  // The share of the sum of squares that is not common to all channels: 0 for grey.
  double colour = 0;
};

// Of each filter of w, [K, C, R, R], plain f32, R >= 3. A filter of zeros has zeros.
std::vector<FilterNumbers> DescribeFilters(const Tensor& w);

// The shares of the bank's sum of squares that its principal components take, the largest first: C R R numbers that add
// up to 1. Of K filters at most K are not 0.
std::vector<double> ComponentShares(const Tensor& w);

}  // namespace dl

#endif  // MODULES_CNN_FILTER_BANK_H_
