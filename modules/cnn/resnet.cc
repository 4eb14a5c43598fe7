#include "modules/cnn/resnet.h"

#include "absl/strings/str_cat.h"
#include "modules/backprop/linear.h"
#include "modules/base/check.h"
#include "modules/cnn/batch_norm.h"
#include "modules/cnn/conv2d.h"

namespace dl {

Sequential ResNet(Random& random, const ResNetOptions& o) {
  DL_CHECK(!o.widths.empty() && o.widths.size() == o.blocks.size())
      << "ResNet: " << o.widths.size() << " widths and " << o.blocks.size() << " numbers of blocks; one each a stage";
  Sequential net;
  net.Add(Conv2d(o.inputs, o.widths[0], 3, random, {.padding = 1, .bias = false}), "conv1");
  net.Add(BatchNorm2d(o.widths[0], {.relu = true}), "bn1");
  int64_t inputs = o.widths[0];
  for (size_t stage = 0; stage < o.widths.size(); ++stage) {
    Sequential blocks;
    for (int64_t i = 0; i < o.blocks[stage]; ++i) {
      const int64_t stride = stage > 0 && i == 0 ? 2 : 1;
      blocks.Add(ResidualBlock({inputs, o.widths[stage], stride, o.shortcut}, random));
      inputs = o.widths[stage];
    }
    net.Add(std::move(blocks), absl::StrCat("layer", stage + 1));
  }
  net.Add(AveragePool2d({.kernel = kWholeMap, .stride = 1}), "avgpool");
  net.Add(Linear(inputs, o.classes, random), "fc");
  return net;
}

ResNetOptions ResNet18() { return {}; }

ResNetOptions CifarResNet(int64_t depth, Shortcut shortcut) {
  DL_CHECK(depth >= 8 && depth % 6 == 2) << "CifarResNet: depth is " << depth << ", it must be 6 n + 2, n >= 1";
  const int64_t n = (depth - 2) / 6;
  return {.widths = {16, 32, 64}, .blocks = {n, n, n}, .shortcut = shortcut};
}

}  // namespace dl
