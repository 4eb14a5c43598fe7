#include "modules/cnn/all_conv.h"

#include "modules/backprop/linear.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/dropout.h"

namespace dl {

Sequential AllConv(Random& random, const AllConvOptions& o) {
  Sequential net;
  const auto add = [&](int64_t inputs, int64_t outputs, int64_t kernel, int64_t stride, int64_t padding) {
    net.Add(Conv2d(inputs, outputs, kernel, random, {.stride = stride, .padding = padding}));
    net.Add(Activation(Elementwise::kReLU));
    if (stride > 1) net.Add(Dropout(o.dropout));
  };
  net.Add(Dropout(o.input_dropout));
  add(o.channels, o.first, 3, 1, 1);
  add(o.first, o.first, 3, 1, 1);
  add(o.first, o.first, 3, 2, 1);
  add(o.first, o.second, 3, 1, 1);
  add(o.second, o.second, 3, 1, 1);
  add(o.second, o.second, 3, 2, 1);
  add(o.second, o.second, 3, 1, 0);
  add(o.second, o.second, 1, 1, 0);
  add(o.second, o.classes, 1, 1, 0);
  net.Add(AveragePool2d({.kernel = kWholeMap, .stride = 1})).Add(FlattenLayer());
  return net;
}

}  // namespace dl
