// A small convolutional network for small images: what the benchmarks call smallcnn.
#ifndef MODULES_CNN_SMALL_CNN_H_
#define MODULES_CNN_SMALL_CNN_H_

#include <cstdint>
#include <vector>

#include "modules/backprop/layer.h"

namespace dl {

struct SmallCnnOptions {
  int64_t channels = 3, size = 32;  // of the image, which is square
  int64_t classes = 10;
  std::vector<int64_t> widths = {32, 64, 128};  // maps of each stage; a stage halves their sides
};

// For each width two times [conv 3x3, batch normalisation, ReLU] and max-pool 2; at the end a linear layer. x: [N,
// channels, size, size]; y: logits [N, classes]. 307,946 parameters as it stands.
Sequential SmallCnn(Random& random, const SmallCnnOptions& options = {});

}  // namespace dl

#endif  // MODULES_CNN_SMALL_CNN_H_
