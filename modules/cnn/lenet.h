// LeNet-5, the first network of convolutions that read handwriting for money.
#ifndef MODULES_CNN_LENET_H_
#define MODULES_CNN_LENET_H_

#include <cstdint>

#include "modules/backprop/layer.h"
#include "modules/primitives/elementwise.h"

namespace dl {

struct LeNetOptions {
  int64_t channels = 1, size = 28;  // of the image, which is square, its side at least 12
  int64_t classes = 10;
};

// LeNet-5 (LeCun et al. 1998) with today's parts: ReLU and max pooling where it had scaled tanh and trained averages,
// and full connections between the two convolutions. x: [N, channels, size, size]; y: logits [N, classes]. 61,706
// parameters for handwriting:
//   conv 6 @ 5x5, padding 2 → max-pool 2 → ReLU → conv 16 @ 5x5 → max-pool 2 → ReLU → 120 → ReLU → 84 → ReLU → classes.
// The ReLU may stand on either side of the maximum, since it is monotone; behind it, it has a quarter of the work.
Sequential LeNet5(Random& random, const LeNetOptions& options = {});

// The same with mean pooling, the activation before it, as d2l.ai has it: its sigmoid, or tanh as in the paper. Weights
// start from Xavier's uniform distribution.
Sequential LeNet5Classic(Random& random, const LeNetOptions& options = {},
                         Elementwise activation = Elementwise::kSigmoid);

}  // namespace dl

#endif  // MODULES_CNN_LENET_H_
