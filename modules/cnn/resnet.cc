#include "modules/cnn/resnet.h"

#include "absl/strings/str_cat.h"
#include "modules/backprop/linear.h"
#include "modules/base/check.h"
#include "modules/cnn/batch_norm.h"
#include "modules/cnn/conv2d.h"

namespace dl {

namespace {

constexpr int64_t kExpansion = 4;  // outputs of a bottleneck block, in widths

void AddStem(Random& random, const ResNetOptions& o, Sequential& net) {
  const bool large = o.stem == Stem::kLargeImages;
  const Conv2dOptions options = {.stride = large ? 2 : 1, .padding = large ? 3 : 1, .bias = false};
  net.Add(Conv2d(o.inputs, o.widths[0], large ? 7 : 3, random, options), "conv1");
  net.Add(BatchNorm2d(o.widths[0], {.relu = true}), "bn1");
  if (large) net.Add(MaxPool2d({.kernel = 3, .stride = 2, .padding = 1}), "maxpool");
}

}  // namespace

Sequential ResNet(Random& random, const ResNetOptions& o) {
  DL_CHECK(!o.widths.empty() && o.widths.size() == o.blocks.size())
      << "ResNet: " << o.widths.size() << " widths and " << o.blocks.size() << " numbers of blocks; one each a stage";
  Sequential net;
  AddStem(random, o, net);
  int64_t inputs = o.widths[0];
  for (size_t stage = 0; stage < o.widths.size(); ++stage) {
    const int64_t width = o.widths[stage], outputs = o.bottleneck ? kExpansion * width : width;
    Sequential blocks;
    for (int64_t i = 0; i < o.blocks[stage]; ++i) {
      const int64_t stride = stage > 0 && i == 0 ? 2 : 1;
      blocks.Add(ResidualBlock({inputs, outputs, stride, o.shortcut, o.bottleneck ? width : 0}, random));
      inputs = outputs;
    }
    net.Add(std::move(blocks), absl::StrCat("layer", stage + 1));
  }
  net.Add(AveragePool2d({.kernel = kWholeMap, .stride = 1}), "avgpool");
  net.Add(Linear(inputs, o.classes, random), o.head);
  return net;
}

ResNetOptions ResNet18() { return {}; }

ResNetOptions ImageNetResNet(int64_t depth) {
  DL_CHECK(depth == 18 || depth == 34 || depth == 50 || depth == 101 || depth == 152)
      << "ImageNetResNet: depth is " << depth << "; it must be 18, 34, 50, 101 or 152";
  ResNetOptions options = {.classes = 1000, .stem = Stem::kLargeImages, .bottleneck = depth >= 50};
  if (depth == 34 || depth == 50) options.blocks = {3, 4, 6, 3};
  if (depth == 101) options.blocks = {3, 4, 23, 3};
  if (depth == 152) options.blocks = {3, 8, 36, 3};
  return options;
}

ResNetOptions CifarResNet(int64_t depth, Shortcut shortcut) {
  DL_CHECK(depth >= 8 && depth % 6 == 2) << "CifarResNet: depth is " << depth << ", it must be 6 n + 2, n >= 1";
  const int64_t n = (depth - 2) / 6;
  return {.widths = {16, 32, 64}, .blocks = {n, n, n}, .shortcut = shortcut, .head = "linear"};
}

}  // namespace dl
