#include "modules/cnn/experiments/strided_net.h"

#include <utility>

#include "modules/backprop/linear.h"
#include "modules/base/nearest_name.h"
#include "modules/cnn/batch_norm.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/dropout.h"
#include "modules/cnn/group_norm.h"

namespace dl {

std::vector<std::string> NormNames() { return {"none", "batch", "group"}; }

absl::StatusOr<Norm> ParseNorm(const std::string& name) {
  const std::vector<std::string> names = NormNames();
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Norm>(i);
  }
  return UnknownName("normalisation", name, names);
}

Sequential StridedNet(Random& random, const StridedNetOptions& o) {
  Sequential net;
  int64_t maps = o.image[0], height = o.image[1], width = o.image[2];
  for (int64_t outputs : o.widths) {
    net.Add(Conv2d(maps, outputs, 3, random,
                   {.stride = 2, .padding = 1, .bias = o.norm == Norm::kNone, .initializer = o.initializer}));
    if (o.norm == Norm::kBatch) net.Add(BatchNorm2d(outputs, {.relu = true}));
    if (o.norm == Norm::kGroup) net.Add(GroupNorm2d(outputs % 8 == 0 ? outputs / 8 : 1, outputs));
    if (o.norm != Norm::kBatch) net.Add(Activation(Elementwise::kReLU));
    if (o.drop_elements > 0) net.Add(Dropout(o.drop_elements));
    if (o.drop_maps > 0) net.Add(Dropout2d(o.drop_maps));
    maps = outputs, height = (height + 1) / 2, width = (width + 1) / 2;
  }
  if (o.drop_inputs > 0) net.Add(Dropout(o.drop_inputs));
  net.Add(Linear(maps * height * width, o.classes, random, o.initializer));
  return net;
}

}  // namespace dl
