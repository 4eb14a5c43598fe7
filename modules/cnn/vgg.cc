#include "modules/cnn/vgg.h"

#include "absl/strings/str_cat.h"
#include "modules/backprop/linear.h"
#include "modules/base/check.h"
#include "modules/cnn/batch_norm.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/dropout.h"

namespace dl {
namespace {

// [conv, batch normalisation, ReLU]...; a fused ReLU has no number of its own, but torchvision's numbers count it.
Sequential Features(Random& random, const VggOptions& o) {
  Sequential features;
  int64_t place = 0, inputs = o.channels;
  for (const std::vector<int64_t>& stage : o.stages) {
    for (int64_t maps : stage) {
      features.Add(Conv2d(inputs, maps, 3, random, {.padding = 1, .initializer = o.initializer}), absl::StrCat(place));
      if (o.batch_norm) {
        features.Add(BatchNorm2d(maps, {.relu = true}), absl::StrCat(place + 1));
      } else {
        features.Add(Activation(Elementwise::kReLU), absl::StrCat(place + 1));
      }
      place += o.batch_norm ? 3 : 2;
      inputs = maps;
    }
    features.Add(MaxPool2d(), absl::StrCat(place++));
  }
  return features;
}

Sequential Classifier(int64_t inputs, Random& random, const VggOptions& o) {
  Sequential classifier;
  for (int64_t units : o.hidden) {
    classifier.Add(Linear(inputs, units, random, o.initializer)).Add(Activation(Elementwise::kReLU));
    classifier.Add(Dropout(o.dropout));
    inputs = units;
  }
  classifier.Add(Linear(inputs, o.classes, random, o.initializer));
  return classifier;
}

}  // namespace

VggOptions Vgg(int64_t depth, bool batch_norm) {
  const int64_t early = depth == 11 ? 1 : 2;                   // convolutions in the first two stages
  const int64_t late = depth == 16 ? 3 : depth == 19 ? 4 : 2;  // in the other three
  DL_CHECK(depth == 11 || depth == 13 || depth == 16 || depth == 19)
      << "Vgg: depth is " << depth << "; it must be 11, 13, 16 or 19";
  const auto stage = [](int64_t count, int64_t maps) { return std::vector<int64_t>(count, maps); };
  return {.stages = {stage(early, 64), stage(early, 128), stage(late, 256), stage(late, 512), stage(late, 512)},
          .batch_norm = batch_norm};
}

VggOptions SmallVgg() {
  return {.size = 32, .classes = 10, .stages = {{64, 64}, {128, 128}, {256, 256}}, .hidden = {256}, .batch_norm = true};
}

Sequential VggNet(Random& random, const VggOptions& options) {
  const int64_t side = options.size >> options.stages.size();
  DL_CHECK(side >= 1 && !options.stages.empty() && !options.stages.back().empty())
      << "VggNet: images of side " << options.size << " and " << options.stages.size()
      << " stages; each stage needs a convolution, and halves the side";
  Sequential net;
  net.Add(Features(random, options), "features");
  net.Add(Classifier(options.stages.back().back() * side * side, random, options), "classifier");
  return net;
}

}  // namespace dl
