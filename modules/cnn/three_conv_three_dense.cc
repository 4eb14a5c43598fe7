#include "modules/cnn/three_conv_three_dense.h"

#include "modules/backprop/linear.h"
#include "modules/base/check.h"
#include "modules/cnn/conv2d.h"

namespace dl {

Sequential ThreeConvThreeDense(Random& random, const ThreeConvThreeDenseOptions& o) {
  DL_CHECK(o.size >= 20) << "ThreeConvThreeDense: images of side " << o.size << "; it must be at least 20";
  const auto relu = [] { return Activation(Elementwise::kReLU); };
  const auto pool = [] { return MaxPool2d({.kernel = 3, .stride = 2, .ceil_mode = true}); };
  const auto conv = [&](int64_t inputs, int64_t outputs, int64_t kernel, int64_t padding) {
    return Conv2d(inputs, outputs, kernel, random, {.padding = padding, .initializer = XavierNormal});
  };
  Sequential net;
  net.Add(conv(o.channels, o.first, 5, 0)).Add(pool()).Add(relu());
  net.Add(conv(o.first, o.second, 3, 0)).Add(pool()).Add(relu());
  net.Add(conv(o.second, o.third, 3, 1)).Add(pool()).Add(relu());
  const int64_t side = ((o.size - 4) / 2 - 2) / 2 / 2;
  net.Add(Linear(o.third * side * side, o.hidden, random, XavierUniform)).Add(relu());
  net.Add(Linear(o.hidden, o.last, random, XavierUniform)).Add(relu());
  net.Add(Linear(o.last, o.classes, random, XavierUniform));
  return net;
}

}  // namespace dl
