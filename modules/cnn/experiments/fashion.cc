#include "modules/cnn/experiments/fashion.h"

#include "modules/backprop/linear.h"
#include "modules/cnn/batch_norm.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/resnet.h"

namespace dl {
namespace {

// conv 32 @ 3x3 → batch normalisation, ReLU → max-pool 2 → conv 64 @ 3x3 → the same again → classes.
Sequential TwoConvolutions(const Shape& image, int64_t classes, Random& random) {
  Sequential net;
  int64_t inputs = image[0];
  for (int64_t maps : {32, 64}) {
    net.Add(Conv2d(inputs, maps, 3, random, {.padding = 1, .bias = false}));
    net.Add(BatchNorm2d(maps, {.relu = true})).Add(MaxPool2d());
    inputs = maps;
  }
  net.Add(Linear(inputs * (image[1] / 4) * (image[2] / 4), classes, random));
  return net;
}

Sequential ResNet8(const Shape& image, int64_t classes, Random& random) {
  ResNetOptions options = CifarResNet(8);
  options.inputs = image[0];
  options.classes = classes;
  return ResNet(random, options);
}

}  // namespace

std::vector<Contestant> Fashion::Contestants() const {
  return {
      {.name = "lenet-d2l",
       .settings = {.model = "lenet-classic", .batch_size = 256, .optimizer = "sgd", .rate = 0.9, .normalize = false},
       .published = "0.800",
       .published_as = "LeNet, 10 epochs (d2l.ai)"},
      {.name = "lenet", .settings = {.model = "lenet", .epochs = 10, .schedule = "cosine"}},
      {.name = "two-conv-bn",
       .settings = {.epochs = 5, .batch_size = 128, .rate = 3e-3, .schedule = "one_cycle"},
       .make = TwoConvolutions,
       .published = "0.934",
       .published_as = "2 conv + BN (fashion-mnist README)"},
      {.name = "resnet8",
       .settings = {.epochs = 4,
                    .batch_size = 128,
                    .optimizer = "nesterov",
                    .rate = 0.1,
                    .schedule = "one_cycle",
                    .weight_decay = 5e-4,
                    .augment = "flip"},
       .make = ResNet8,
       .published = "0.949",
       .published_as = "ResNet-18 (fashion-mnist README)"},
  };
}

}  // namespace dl
