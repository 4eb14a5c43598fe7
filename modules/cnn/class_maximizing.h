// Class-maximising images: the picture that a network would like to see for a class.
#ifndef MODULES_CNN_CLASS_MAXIMIZING_H_
#define MODULES_CNN_CLASS_MAXIMIZING_H_

#include <cstdint>

#include "modules/backprop/layer.h"
#include "modules/base/random.h"

namespace dl {

struct MaximizeOptions {
  int64_t steps = 200;
  double rate = 0.1;       // of each step, the root mean square of its change, in deviations of the training set
  double decay = 0.05;     // what each step takes away, as a share: L2 regularisation (Simonyan et al. 2014)
  int64_t blur_every = 4;  // steps between two blurs by a 3x3 binomial kernel (Yosinski et al. 2015); 0 for none
};

// Gradient ascent on the class's score (logit) from faint noise that `random` draws: [1, C, H, W], plain f32, in the
// form that the model wants, where 0 is the mean of the training set. image: [C, H, W]; the model, in evaluation mode,
// makes logits [N, K] of [N, C, H, W].
Tensor MaximizeClass(Layer& model, const Shape& image, int64_t label, Random random,
                     const MaximizeOptions& options = {});

}  // namespace dl

#endif  // MODULES_CNN_CLASS_MAXIMIZING_H_
