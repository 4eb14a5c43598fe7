#include "modules/cnn/nielsen.h"

#include "modules/backprop/linear.h"
#include "modules/base/check.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/dropout.h"

namespace dl {

Sequential Nielsen(Random& random, const NielsenOptions& o) {
  const Initializer start = o.activation == Elementwise::kReLU ? KaimingNormal : XavierNormal;
  Sequential net;
  int64_t channels = o.channels, side = o.size;
  for (int64_t maps : o.maps) {
    side = (side - 4) / 2;
    DL_CHECK(side >= 1) << "Nielsen: images of side " << o.size << " are too small for " << o.maps.size()
                        << " convolutions of 5x5 and halvings";
    net.Add(Conv2d(channels, maps, 5, random, {.initializer = start})).Add(MaxPool2d()).Add(Activation(o.activation));
    channels = maps;
  }
  int64_t inputs = channels * side * side;
  const auto dense = [&](int64_t outputs) {
    if (o.dropout > 0) net.Add(FlattenLayer()).Add(Dropout(o.dropout));
    net.Add(Linear(inputs, outputs, random, start));
    inputs = outputs;
  };
  for (int64_t units : o.hidden) {
    dense(units);
    net.Add(Activation(o.activation));
  }
  dense(o.classes);
  return net;
}

std::vector<NielsenRung> NielsenLadder() {
  constexpr auto kReLU = Elementwise::kReLU;
  return {
      {"dense", {.maps = {}}},
      {"conv", {.maps = {20}}},
      {"two-conv", {}},
      {"relu", {.activation = kReLU}},
      {"shifted", {.activation = kReLU}, true},
      {"two-dense", {.hidden = {100, 100}, .activation = kReLU}, true},
      {"dropout", {.hidden = {1000, 1000}, .activation = kReLU, .dropout = 0.5f}, true},
  };
}

}  // namespace dl
