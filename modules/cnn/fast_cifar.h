// The network that trains to 94 % on CIFAR-10 in ten epochs (Jordan 2024, airbench94).
#ifndef MODULES_CNN_FAST_CIFAR_H_
#define MODULES_CNN_FAST_CIFAR_H_

#include <cstdint>
#include <vector>

#include "modules/backprop/layer.h"

namespace dl {

struct FastCifarOptions {
  int64_t classes = 10;
  std::vector<int64_t> widths = {64, 256, 256};  // maps of each group; a group halves their sides
};

// A fixed whitening of 2x2 patches, which `images` [n, C, H, W] are looked at for (the paper: the first 5,000 training
// images), its bias learned; GELU; for each width a group
//   conv 3x3, padding 1 → max-pool 2 → batch normalisation → GELU → conv 3x3, padding 1 → batch normalisation → GELU;
// the maximum of each map; a linear layer without bias; a ninth of that. x: [N, C, H, W], y: logits [N, classes]. For
// three colours and ten classes 1,972,504 parameters.
//
// The 3x3 convolutions start as the identity, in the first of their outputs, as many as there are inputs, beside
// PyTorch's uniform distribution in the others. The scales of the normalisations are to stay 1: train
// FastCifarParameters only.
Sequential FastCifar(const Tensor& images, Random& random, const FastCifarOptions& options = {});

// What of it is trained: the shifts of the normalisations, at a rate of their own, and the rest; `whitening_bias`,
// which is for the first epochs only, is in neither.
struct FastCifarParameters {
  std::vector<Variable> shifts, others, whitening_bias;
};
FastCifarParameters FastCifarParametersOf(const Layer& net);

}  // namespace dl

#endif  // MODULES_CNN_FAST_CIFAR_H_
