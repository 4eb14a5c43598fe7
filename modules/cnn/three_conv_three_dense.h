// The network of DeepOBS's problem cifar10_3c3d, on which optimizers are compared.
#ifndef MODULES_CNN_THREE_CONV_THREE_DENSE_H_
#define MODULES_CNN_THREE_CONV_THREE_DENSE_H_

#include <cstdint>

#include "modules/backprop/layer.h"

namespace dl {

struct ThreeConvThreeDenseOptions {
  int64_t channels = 3, size = 32;  // of the image, which is square, its side at least 20
  int64_t classes = 10;
  // Maps of the convolutions, units of the dense layers; DeepOBS's.
  int64_t first = 64, second = 96, third = 128, hidden = 512, last = 256;
};

// Three convolutions and three dense layers, starting as DeepOBS has them start (Schneider et al. 2019): weights from
// Glorot's distributions, the convolutions' normal and the dense layers' uniform, biases zero. x: [N, channels, size,
// size]; y: logits [N, classes]. 895,210 parameters as DeepOBS has it:
//   conv first @ 5x5 → pool → ReLU → conv second @ 3x3 → pool → ReLU → conv third @ 3x3, padding 1 → pool → ReLU →
//   hidden → ReLU → last → ReLU → classes,
// the pools maxima of 3x3 at stride 2 whose last windows may hang over the edge.
Sequential ThreeConvThreeDense(Random& random, const ThreeConvThreeDenseOptions& options = {});

}  // namespace dl

#endif  // MODULES_CNN_THREE_CONV_THREE_DENSE_H_
