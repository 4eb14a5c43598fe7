// The network of DeepOBS's problems mnist_2c2d and fmnist_2c2d, on which optimizers are compared.
#ifndef MODULES_CNN_TWO_CONV_TWO_DENSE_H_
#define MODULES_CNN_TWO_CONV_TWO_DENSE_H_

#include <cstdint>

#include "modules/backprop/layer.h"

namespace dl {

struct TwoConvTwoDenseOptions {
  int64_t channels = 1, size = 28;  // of the image, which is square, its side at least 4
  int64_t classes = 10;
  int64_t first = 32, second = 64, hidden = 1024;  // maps of the convolutions, units of the dense layer; DeepOBS's
};

// Two convolutions and two dense layers, starting as DeepOBS has them start (Schneider et al. 2019): weights from a
// truncated normal distribution of deviation 0.05, biases 0.05. x: [N, channels, size, size]; y: logits [N, classes].
// 3,274,634 parameters as DeepOBS has it:
//   conv first @ 5x5, padding 2 → max-pool 2 → ReLU → conv second @ 5x5, padding 2 → max-pool 2 → ReLU → hidden → ReLU
//   → classes.
// DeepOBS has each ReLU before its maximum, which is the same function with four times the work.
Sequential TwoConvTwoDense(Random& random, const TwoConvTwoDenseOptions& options = {});

}  // namespace dl

#endif  // MODULES_CNN_TWO_CONV_TWO_DENSE_H_
