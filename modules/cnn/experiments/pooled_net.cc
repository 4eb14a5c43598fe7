#include "modules/cnn/experiments/pooled_net.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/backprop/linear.h"
#include "modules/base/check.h"
#include "modules/cnn/batch_norm.h"
#include "modules/cnn/blur_pool.h"
#include "modules/cnn/conv2d.h"

namespace dl {
namespace {

bool IsOf(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The layer that halves, or null where a stride has done it; `net` gets those before it.
std::unique_ptr<Layer> Halving(const std::string& pooling, Sequential& net) {
  if (pooling == "stride") return nullptr;
  if (pooling == "max") return std::make_unique<MaxPool2d>();
  if (pooling == "average") return std::make_unique<AveragePool2d>();
  const PoolingOptions overlapping = {.kernel = 3, .stride = 2, .padding = 1};
  if (pooling == "max3") return std::make_unique<MaxPool2d>(overlapping);
  if (pooling == "average3") return std::make_unique<AveragePool2d>(overlapping);
  net.Add(MaxPool2d({.kernel = 2, .stride = 1}));
  return std::make_unique<BlurPool2d>();
}

}  // namespace

std::vector<std::string> PoolingNames() { return {"max", "max3", "average", "average3", "stride", "blur"}; }

std::vector<std::string> HeadNames() { return {"flatten", "global"}; }

absl::Status WantsHalvable(const Dataset& data) {
  const Shape& shape = data.example_shape;
  if (shape[1] == shape[2] && shape[1] % 8 == 0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("flag --dataset wants square images that can be halved three times, and "
                   "those of ",
                   data.name, " are ", shape[1], " by ", shape[2], ": take shapes or cifar10"));
}

Sequential PooledNet(Random& random, const PooledNetOptions& o) {
  DL_CHECK(IsOf(PoolingNames(), o.pooling) && IsOf(HeadNames(), o.head))
      << "PooledNet: pooling '" << o.pooling << "', head '" << o.head << "'";
  const int64_t parts = int64_t{1} << o.widths.size();
  DL_CHECK(o.image.size() == 3 && o.image[1] == o.image[2] && o.image[1] % parts == 0)
      << "PooledNet: images are " << ToString(o.image) << "; the side must be a multiple of " << parts;
  Sequential net;
  int64_t maps = o.image[0];
  for (size_t stage = 0; stage < o.widths.size(); ++stage) {
    const std::string name = absl::StrCat("stage", stage + 1);
    const int64_t stride = o.pooling == "stride" ? 2 : 1;
    net.Add(Conv2d(maps, o.widths[stage], 3, random, {.stride = stride, .padding = 1, .bias = false}));
    maps = o.widths[stage];
    net.Add(BatchNorm2d(maps, {.relu = true}), stride == 2 ? name : "");
    if (std::unique_ptr<Layer> halving = Halving(o.pooling, net)) net.Append(std::move(halving), name);
  }
  const int64_t side = o.image[1] / parts;
  const bool global = o.head == "global";
  if (global) net.Add(AveragePool2d({.kernel = kWholeMap}));
  net.Add(Linear(global ? maps : maps * side * side, o.classes, random));
  return net;
}

}  // namespace dl
