// Images on a larger black canvas, each at the same place: what a picture looks like after it has moved.
#ifndef MODULES_CNN_EXPERIMENTS_PLACED_IMAGES_H_
#define MODULES_CNN_EXPERIMENTS_PLACED_IMAGES_H_

#include <cstdint>

#include "datasets/dataset.h"

namespace dl {

// Each image stands `down` and `right` pixels, or up and left where they are negative, from the middle of a black
// square of `side` pixels. `images` hold bytes [C, H, W]; it returns [C, side, side]. The program stops where any of an
// image would come to lie outside.
Dataset PlacedImages(const Dataset& images, int64_t side, int64_t down, int64_t right);

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_PLACED_IMAGES_H_
