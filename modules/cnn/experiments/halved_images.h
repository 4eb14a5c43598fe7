// Images of half the side: a quarter of the work for a convolution.
#ifndef MODULES_CNN_EXPERIMENTS_HALVED_IMAGES_H_
#define MODULES_CNN_EXPERIMENTS_HALVED_IMAGES_H_

#include "datasets/dataset.h"

namespace dl {

// Each 2x2 pixels of each channel become their mean, rounded; an odd last row or column is left out. `images` hold
// bytes [C, H, W], H and W at least 2; it returns [C, H / 2, W / 2].
Dataset HalvedImages(const Dataset& images);

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_HALVED_IMAGES_H_
