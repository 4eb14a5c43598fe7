#include "modules/cnn/lenet.h"

#include "modules/backprop/linear.h"
#include "modules/cnn/conv2d.h"

namespace dl {

Sequential LeNet5(Random& random, int64_t classes) {
  const auto relu = [] { return Activation(Elementwise::kReLU); };
  Conv2d c1(1, 6, 5, random, {.padding = 2}), c3(6, 16, 5, random);
  Linear f5(16 * 5 * 5, 120, random), f6(120, 84, random), output(84, classes, random);
  return Sequential(std::move(c1), MaxPool2d(), relu(), std::move(c3), MaxPool2d(), relu(), std::move(f5), relu(),
                    std::move(f6), relu(), std::move(output));
}

}  // namespace dl
