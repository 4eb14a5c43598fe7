#include "modules/cnn/two_conv_two_dense.h"

#include "modules/backprop/linear.h"
#include "modules/base/check.h"
#include "modules/cnn/conv2d.h"

namespace dl {

Sequential TwoConvTwoDense(Random& random, const TwoConvTwoDenseOptions& options) {
  const auto relu = [] { return Activation(Elementwise::kReLU); };
  const Initializer start = TruncatedNormalInit(0.05f);
  const auto& [channels, size, classes, first, second, hidden] = options;
  const int64_t side = size / 4;
  DL_CHECK(side >= 1) << "TwoConvTwoDense: images of side " << size << "; it must be at least 4";
  Conv2d c1(channels, first, 5, random, {.padding = 2, .initializer = start});
  Conv2d c2(first, second, 5, random, {.padding = 2, .initializer = start});
  Linear d1(side * side * second, hidden, random, start), d2(hidden, classes, random, start);
  Sequential net(std::move(c1), MaxPool2d(), relu(), std::move(c2), MaxPool2d(), relu(), std::move(d1), relu(),
                 std::move(d2));
  for (Variable& bias : Biases(net)) bias.mutable_value() = Tensor::Full(bias.shape(), 0.05);
  return net;
}

}  // namespace dl
