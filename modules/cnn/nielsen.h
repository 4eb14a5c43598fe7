// Nielsen's ladder: from one hidden layer to 99.6 % on MNIST, one idea a rung (Nielsen 2015, chapter 6).
#ifndef MODULES_CNN_NIELSEN_H_
#define MODULES_CNN_NIELSEN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "modules/backprop/layer.h"
#include "modules/primitives/elementwise.h"

namespace dl {

struct NielsenOptions {
  int64_t channels = 1, size = 28;  // of the image, which is square
  int64_t classes = 10;
  std::vector<int64_t> maps = {20, 40};  // of each convolution
  std::vector<int64_t> hidden = {100};   // units of each hidden dense layer
  Elementwise activation = Elementwise::kSigmoid;
  float dropout = 0;  // of the inputs of each dense layer
};

// Convolutions 5x5 without padding, each with max-pool 2 and the activation; then dense layers. Weights start from
// Xavier's normal distribution, beside ReLUs from Kaiming's. x: [N, channels, size, size]; y: logits [N, classes].
Sequential Nielsen(Random& random, const NielsenOptions& options = {});

// A network of the ladder, and whether it learns from images that were also shifted by a pixel each way.
struct NielsenRung {
  std::string name;  // "dense", "conv", ...
  NielsenOptions options;
  bool shifted = false;
};

// The seven, in order: dense, conv, two-conv, relu, shifted, two-dense, dropout.
std::vector<NielsenRung> NielsenLadder();

}  // namespace dl

#endif  // MODULES_CNN_NIELSEN_H_
