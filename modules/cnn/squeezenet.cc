#include "modules/cnn/squeezenet.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "modules/backprop/linear.h"
#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/dropout.h"

namespace dl {
namespace {

std::unique_ptr<Layer> Convolution(int64_t inputs, int64_t outputs, int64_t kernel, Random& random) {
  return std::make_unique<Conv2d>(inputs, outputs, kernel, random, Conv2dOptions{.padding = kernel / 2});
}

// What the two versions differ in.
struct Plan {
  int64_t maps, kernel;        // of the first convolution
  std::vector<size_t> pooled;  // the fire modules, counted from 0, that a max-pool stands before
};

Plan PlanOf(SqueezeNetVersion version) {
  if (version == SqueezeNetVersion::k1_0) return {96, 7, {0, 3, 7}};
  return {64, 3, {0, 2, 4}};
}

Sequential Features(Random& random, const SqueezeNetOptions& o) {
  DL_CHECK(o.slimmer >= 1 && 16 % o.slimmer == 0) << "SqueezeNet: slimmer is " << o.slimmer << "; it must divide 16";
  std::vector<int64_t> expand = {64, 64, 128, 128, 192, 192, 256, 256};
  for (int64_t& channels : expand) channels /= o.slimmer;
  const Plan plan = PlanOf(o.version);
  Sequential features;
  int64_t inputs = plan.maps / o.slimmer;
  features.Add(Conv2d(o.inputs, inputs, plan.kernel, random, {.stride = 2})).Add(Activation(Elementwise::kReLU));
  for (size_t i = 0; i < expand.size(); ++i) {
    if (std::find(plan.pooled.begin(), plan.pooled.end(), i) != plan.pooled.end()) {
      features.Add(MaxPool2d({.kernel = 3, .stride = 2, .ceil_mode = true}));
    }
    features.Add(Fire({.inputs = inputs, .squeeze = expand[i] / 4, .expand = expand[i]}, random));
    inputs = 2 * expand[i];
  }
  return features;
}

Sequential Classifier(Random& random, const SqueezeNetOptions& o) {
  Sequential classifier;
  classifier.Add(Dropout(o.dropout));
  classifier.Add(Conv2d(512 / o.slimmer, o.classes, 1, random, {.initializer = NormalInit(0.01f)}));
  classifier.Add(Activation(Elementwise::kReLU));
  classifier.Add(AveragePool2d({.kernel = kWholeMap, .stride = 1}));
  return classifier;
}

}  // namespace

Fire::Fire(const FireOptions& o, Random& random)
    : squeeze_(Convolution(o.inputs, o.squeeze, 1, random)),
      expand1x1_(Convolution(o.squeeze, o.expand, 1, random)),
      expand3x3_(Convolution(o.squeeze, o.expand, 3, random)) {}

Variable Fire::Forward(const Variable& x, const Pass& pass) {
  const std::vector<NamedLayer> children = Children();
  const Variable squeezed = Apply(Elementwise::kReLU, children[0].Forward(x, pass));
  return Apply(Elementwise::kReLU,
               Concat({children[1].Forward(squeezed, pass), children[2].Forward(squeezed, pass)}, 1));
}

std::vector<NamedLayer> Fire::Children() const {
  return {{"squeeze", squeeze_.get()}, {"expand1x1", expand1x1_.get()}, {"expand3x3", expand3x3_.get()}};
}

Sequential SqueezeNet(Random& random, const SqueezeNetOptions& options) {
  Sequential net;
  net.Add(Features(random, options), "features");
  net.Add(Classifier(random, options), "classifier");
  net.Add(FlattenLayer(), "flatten");
  return net;
}

}  // namespace dl
