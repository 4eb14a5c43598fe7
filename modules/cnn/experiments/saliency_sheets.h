// The sheets of pictures that the experiment on saliency shows.
#ifndef MODULES_CNN_EXPERIMENTS_SALIENCY_SHEETS_H_
#define MODULES_CNN_EXPERIMENTS_SALIENCY_SHEETS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/backprop/layer.h"
#include "modules/cnn/experiments/picture_sheet.h"

namespace dl {

// A map [H, W] in grey: 0 and less is black, and the value that one pixel in a hundred exceeds white.
Image MapPicture(const Tensor& map);

// Picture i of pictures [N, 3, H, W] in [0, 1].
Image PictureAt(const Tensor& pictures, int64_t i);

// A line a picture, labelled with its class and, in brackets, what it was taken for where that is another: the picture,
// the shape in it, and its maps under their names. The first `count` pictures.
PictureSheet MapSheet(const Dataset& data, const Tensor& pictures, const std::vector<int64_t>& predicted,
                      const std::vector<Tensor>& masks, const std::vector<std::string>& names,
                      const std::vector<std::vector<Tensor>>& maps, int64_t count);

// What the network would like to see: a column a class; a line by gradient ascent alone, and one with its decay and
// blur. Contrast is each picture's own: three standard deviations around its mean. image: [C, H, W].
PictureSheet ClassSheet(Sequential& model, const Shape& image, const std::vector<std::string>& classes, int64_t steps,
                        uint64_t seed);

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_SALIENCY_SHEETS_H_
