#include "modules/cnn/network_by_name.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/backprop/initializers.h"
#include "modules/backprop/mlp.h"
#include "modules/base/nearest_name.h"
#include "modules/cnn/all_conv.h"
#include "modules/cnn/fast_cifar.h"
#include "modules/cnn/lenet.h"
#include "modules/cnn/nielsen.h"
#include "modules/cnn/resnet.h"
#include "modules/cnn/small_cnn.h"
#include "modules/cnn/squeezenet.h"
#include "modules/cnn/three_conv_three_dense.h"
#include "modules/cnn/two_conv_two_dense.h"
#include "modules/cnn/vgg.h"

namespace dl {
namespace {

using Build = std::function<Sequential(const NetworkTask& task, Random& random)>;

enum class Images {
  kAny,     // or points
  kAnyMap,  // of the smallest side or more, square or not
  kSquare,  // of the smallest side or more
};

struct Entry {
  std::string name;
  int64_t published_size;  // of the square images that it was made for
  Images images;
  int64_t smallest;  // side
  Build build;
};

int64_t Channels(const NetworkTask& task) { return task.image[0]; }
int64_t Size(const NetworkTask& task) { return task.image[1]; }

// The examples, or random numbers in their place.
Tensor ExamplesOf(const NetworkTask& task, Random& random) {
  if (task.examples.size() > 0) return task.examples;
  const Shape& image = task.image;
  return NormalInit(1)({10, image[0], image[1], image[2]}, random);
}

Entry OfVgg(std::string name, int64_t published, VggOptions options) {
  const int64_t smallest = int64_t{1} << options.stages.size();
  return {std::move(name), published, Images::kSquare, smallest, [options](const NetworkTask& task, Random& random) {
            VggOptions fitted = options;
            fitted.channels = Channels(task);
            fitted.size = Size(task);
            fitted.classes = task.classes;
            return VggNet(random, fitted);
          }};
}

Entry OfResNet(std::string name, ResNetOptions options) {
  const int64_t published = options.stem == Stem::kLargeImages ? 224 : 32;
  return {std::move(name), published, Images::kAnyMap, 1, [options](const NetworkTask& task, Random& random) {
            ResNetOptions fitted = options;
            fitted.inputs = Channels(task);
            fitted.classes = task.classes;
            return ResNet(random, fitted);
          }};
}

Entry OfSqueezeNet(std::string name, SqueezeNetVersion version, int64_t smallest) {
  return {std::move(name), 224, Images::kAnyMap, smallest, [version](const NetworkTask& task, Random& random) {
            return SqueezeNet(random, {.inputs = Channels(task), .classes = task.classes, .version = version});
          }};
}

Entry OfNielsen(const NielsenRung& rung) {
  const int64_t convolutions = static_cast<int64_t>(rung.options.maps.size());
  const int64_t smallest = convolutions == 2 ? 16 : convolutions == 1 ? 6 : 1;
  return {absl::StrCat("nielsen-", rung.name), 28, Images::kSquare, smallest,
          [options = rung.options](const NetworkTask& task, Random& random) {
            NielsenOptions fitted = options;
            fitted.channels = Channels(task);
            fitted.size = Size(task);
            fitted.classes = task.classes;
            return Nielsen(random, fitted);
          }};
}

std::vector<Entry> MakeEntries() {
  using T = const NetworkTask&;
  using R = Random&;
  std::vector<Entry> entries = {
      {"mlp", 28, Images::kAny, 1,
       [](T t, R r) {
         return Mlp({NumElements(t.image), 256, 128, t.classes}, Elementwise::kReLU, r);
       }},
      {"lenet", 28, Images::kSquare, 12,
       [](T t, R r) {
         return LeNet5(r, {Channels(t), Size(t), t.classes});
       }},
      {"lenet-classic", 28, Images::kSquare, 12,
       [](T t, R r) {
         return LeNet5Classic(r, {Channels(t), Size(t), t.classes});
       }},
  };
  for (const NielsenRung& rung : NielsenLadder()) {
    if (rung.name != "shifted") entries.push_back(OfNielsen(rung));  // "relu" on other images
  }
  const std::vector<Entry> rest = {
      {"2c2d", 28, Images::kSquare, 4,
       [](T t, R r) {
         return TwoConvTwoDense(r, {Channels(t), Size(t), t.classes});
       }},
      {"3c3d", 32, Images::kSquare, 20,
       [](T t, R r) {
         return ThreeConvThreeDense(r, {Channels(t), Size(t), t.classes});
       }},
      {"small-cnn", 32, Images::kSquare, 8,
       [](T t, R r) {
         return SmallCnn(r, {Channels(t), Size(t), t.classes});
       }},
      {"all-conv", 32, Images::kAnyMap, 9,
       [](T t, R r) {
         return AllConv(r, {Channels(t), t.classes});
       }},
      {"fast-cifar", 32, Images::kAnyMap, 9,
       [](T t, R r) { return FastCifar(ExamplesOf(t, r), r, {.classes = t.classes}); }},
      OfResNet("resnet20", CifarResNet(20)),
      OfResNet("resnet32", CifarResNet(32)),
      OfResNet("resnet44", CifarResNet(44)),
      OfResNet("resnet56", CifarResNet(56)),
      OfResNet("resnet18-cifar", ResNet18()),
      OfVgg("vgg-small", 32, SmallVgg()),
      OfSqueezeNet("squeezenet1_0", SqueezeNetVersion::k1_0, 29),
      OfSqueezeNet("squeezenet1_1", SqueezeNetVersion::k1_1, 25),
  };
  entries.insert(entries.end(), rest.begin(), rest.end());
  for (int64_t depth : {18, 34, 50, 101, 152}) {
    entries.push_back(OfResNet(absl::StrCat("resnet", depth), ImageNetResNet(depth)));
  }
  for (int64_t depth : {11, 13, 16, 19}) {
    entries.push_back(OfVgg(absl::StrCat("vgg", depth), 224, Vgg(depth)));
    entries.push_back(OfVgg(absl::StrCat("vgg", depth, "_bn"), 224, Vgg(depth, true)));
  }
  return entries;
}

const std::vector<Entry>& Entries() {
  static const auto* entries = new std::vector<Entry>(MakeEntries());
  return *entries;
}

absl::StatusOr<const Entry*> Find(const std::string& name) {
  for (const Entry& entry : Entries()) {
    if (entry.name == name) return &entry;
  }
  return UnknownName("model", name, NetworkNames());
}

absl::Status CheckFits(const Entry& entry, const Shape& image) {
  if (entry.images == Images::kAny) return absl::OkStatus();
  const bool map = image.size() == 3;
  const bool large = map && std::min(image[1], image[2]) >= entry.smallest;
  if (large && (entry.images == Images::kAnyMap || image[1] == image[2])) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "model '", entry.name, "' takes ", entry.images == Images::kSquare ? "square images" : "images",
      entry.smallest > 1 ? absl::StrCat(" of ", entry.smallest, "x", entry.smallest, " pixels or more") : "",
      "; these examples are ", ToString(image), ": choose another --model or --dataset"));
}

}  // namespace

std::vector<std::string> NetworkNames() {
  std::vector<std::string> names;
  for (const Entry& entry : Entries()) names.push_back(entry.name);
  return names;
}

absl::StatusOr<Sequential> NetworkByName(const std::string& name, const NetworkTask& task, Random& random) {
  const absl::StatusOr<const Entry*> entry = Find(name);
  if (!entry.ok()) return entry.status();
  if (absl::Status fits = CheckFits(**entry, task.image); !fits.ok()) return fits;
  return (*entry)->build(task, random);
}

absl::StatusOr<NetworkTask> PublishedTask(const std::string& name) {
  const absl::StatusOr<const Entry*> entry = Find(name);
  if (!entry.ok()) return entry.status();
  const int64_t size = (*entry)->published_size, channels = size == 28 ? 1 : 3;
  return NetworkTask{.image = {channels, size, size}, .classes = size == 224 ? 1000 : 10};
}

}  // namespace dl
