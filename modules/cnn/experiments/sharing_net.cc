#include "modules/cnn/experiments/sharing_net.h"

#include <algorithm>
#include <cstdlib>

#include "modules/backprop/linear.h"
#include "modules/base/check.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/locally_connected2d.h"

namespace dl {

std::vector<std::string> SharingNames() { return {"convolution", "local", "dense"}; }

Sequential SharingNet(Random& random, const SharingNetOptions& o) {
  const std::vector<std::string> names = SharingNames();
  DL_CHECK(std::find(names.begin(), names.end(), o.kind) != names.end()) << "SharingNet: kind '" << o.kind << "'";
  DL_CHECK(o.image.size() == 3 && o.image[1] == o.image[2] && o.image[1] % 4 == 0)
      << "SharingNet: images are " << ToString(o.image) << "; the side must be a multiple of 4";
  const int64_t channels = o.image[0], side = o.image[1];
  Sequential net;
  if (o.kind == "dense") {
    DL_CHECK(o.width % 2 == 0) << "SharingNet: a dense width of " << o.width << " has no half";
    net.Add(Linear(channels * side * side, o.width, random)).Add(Activation(Elementwise::kReLU));
    net.Add(Linear(o.width, o.width / 2, random)).Add(Activation(Elementwise::kReLU));
    net.Add(Linear(o.width / 2, o.classes, random));
    return net;
  }
  const auto add = [&](int64_t inputs, int64_t outputs, int64_t size) {
    if (o.kind == "local") {
      net.Add(LocallyConnected2d(inputs, outputs, 3, size, random, {.stride = 2, .padding = 1}));
    } else {
      net.Add(Conv2d(inputs, outputs, 3, random, {.stride = 2, .padding = 1}));
    }
    net.Add(Activation(Elementwise::kReLU));
  };
  add(channels, o.width, side);
  add(o.width, 2 * o.width, side / 2);
  net.Add(Linear(2 * o.width * (side / 4) * (side / 4), o.classes, random));
  return net;
}

int64_t DenseWidth(int64_t width, int64_t side) { return width * (side / 2) * (side / 2); }

int64_t WidthOfParameters(SharingNetOptions options, int64_t parameters) {
  const auto count = [&](int64_t width) {
    Random random(1);
    options.width = width;
    return ParameterCount(SharingNet(random, options));
  };
  const int64_t step = options.kind == "dense" ? 2 : 1;
  int64_t width = step;
  while (count(width + step) <= parameters) width += step;
  return std::abs(count(width) - parameters) <= std::abs(count(width + step) - parameters) ? width : width + step;
}

}  // namespace dl
