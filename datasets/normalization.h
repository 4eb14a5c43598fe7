// Bringing every channel of a data set to mean 0 and standard deviation 1.
#ifndef DATASETS_NORMALIZATION_H_
#define DATASETS_NORMALIZATION_H_

#include <vector>

#include "datasets/dataset.h"

namespace dl {

// One entry a channel: of images [C, H, W] the C colours, of points [D] the D coordinates. Empty: leave values alone.
struct Normalization {
  std::vector<float> mean, deviation;
};

// The mean and the standard deviation of each channel of `train`, bytes scaled to [0, 1] first; a channel of one value
// only has deviation 1. Measured on the training set and applied to the test set too: a network must not peek.
Normalization ChannelNormalization(const Dataset& train);

}  // namespace dl

#endif  // DATASETS_NORMALIZATION_H_
