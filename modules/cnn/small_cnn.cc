#include "modules/cnn/small_cnn.h"

#include "modules/backprop/linear.h"
#include "modules/base/check.h"
#include "modules/cnn/batch_norm.h"
#include "modules/cnn/conv2d.h"

namespace dl {

// [small_cnn]
Sequential SmallCnn(Random& random, const SmallCnnOptions& options) {
  const int64_t side = options.size >> options.widths.size();
  DL_CHECK(side >= 1) << "SmallCnn: images of side " << options.size << " cannot be halved " << options.widths.size()
                      << " times";
  Sequential net;
  int64_t inputs = options.channels;
  for (int64_t width : options.widths) {
    for (int i = 0; i < 2; ++i) {
      net.Add(Conv2d(inputs, width, 3, random, {.padding = 1, .bias = false}));
      net.Add(BatchNorm2d(width, {.relu = true}));
      inputs = width;
    }
    net.Add(MaxPool2d());
  }
  net.Add(Linear(inputs * side * side, options.classes, random));
  return net;
}
// [/small_cnn]

}  // namespace dl
