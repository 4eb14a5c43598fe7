#include "modules/cnn/lenet.h"

#include "modules/backprop/linear.h"
#include "modules/base/check.h"
#include "modules/cnn/conv2d.h"

namespace dl {
namespace {

// How many numbers the second pooling leaves.
int64_t Features(const LeNetOptions& options) {
  DL_CHECK(options.size >= 12) << "LeNet5: images of side " << options.size << "; it must be at least 12";
  const int64_t side = (options.size / 2 - 4) / 2;
  return 16 * side * side;
}

}  // namespace

Sequential LeNet5(Random& random, const LeNetOptions& o) {
  const auto relu = [] { return Activation(Elementwise::kReLU); };
  Conv2d c1(o.channels, 6, 5, random, {.padding = 2}), c3(6, 16, 5, random);
  Linear f5(Features(o), 120, random), f6(120, 84, random), output(84, o.classes, random);
  return Sequential(std::move(c1), MaxPool2d(), relu(), std::move(c3), MaxPool2d(), relu(), std::move(f5), relu(),
                    std::move(f6), relu(), std::move(output));
}

Sequential LeNet5Classic(Random& random, const LeNetOptions& o, Elementwise activation) {
  const auto act = [&] { return Activation(activation); };
  Conv2d c1(o.channels, 6, 5, random, {.padding = 2, .initializer = XavierUniform});
  Conv2d c3(6, 16, 5, random, {.initializer = XavierUniform});
  Linear f5(Features(o), 120, random, XavierUniform), f6(120, 84, random, XavierUniform);
  Linear output(84, o.classes, random, XavierUniform);
  return Sequential(std::move(c1), act(), AveragePool2d(), std::move(c3), act(), AveragePool2d(), std::move(f5), act(),
                    std::move(f6), act(), std::move(output));
}

}  // namespace dl
