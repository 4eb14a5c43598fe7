// One network three times: with weights that all places share, with weights of their own at each place, and with
// weights from everywhere to everywhere.
#ifndef MODULES_CNN_EXPERIMENTS_SHARING_NET_H_
#define MODULES_CNN_EXPERIMENTS_SHARING_NET_H_

#include <cstdint>
#include <string>
#include <vector>

#include "modules/backprop/layer.h"

namespace dl {

// "convolution", "local", "dense".
std::vector<std::string> SharingNames();

struct SharingNetOptions {
  Shape image = {3, 16, 16};  // [channels, side, side], the side a multiple of 4
  int64_t classes = 10;
  std::string kind = "convolution";  // of SharingNames
  // Units of the first layer at each of its places; the second has twice as many at a quarter of the places. Dense
  // layers know no places: `width` units, then half as many.
  int64_t width = 8;
};

// Two layers with ReLU, windows 3x3 and stride 2 where they have windows, no normalisation; then a dense layer. x:
// [N, image...]; y: logits [N, classes].
Sequential SharingNet(Random& random, const SharingNetOptions& options = {});

// The width of a dense network of as many units as a convolution of this `width` has on images of side `side`.
int64_t DenseWidth(int64_t width, int64_t side);

// The width at which `options` comes closest to having `parameters` numbers; even where it is dense.
int64_t WidthOfParameters(SharingNetOptions options, int64_t parameters);

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_SHARING_NET_H_
