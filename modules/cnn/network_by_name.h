// Networks by name: what a flag --model=resnet20 means.
#ifndef MODULES_CNN_NETWORK_BY_NAME_H_
#define MODULES_CNN_NETWORK_BY_NAME_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/backprop/layer.h"

namespace dl {

// What a network is to read and to tell apart.
struct NetworkTask {
  Shape image;  // of one example: [C, H, W], or [D] for points, which only "mlp" takes
  int64_t classes = 10;
  // Some training examples [n, C, H, W], normalised, for the one network that starts from them: "fast-cifar" whitens
  // what it sees here. Where there are none, random numbers stand in: enough to count, or to load weights into.
  Tensor examples = Tensor();
};

// "mlp", "lenet", ..., in order of size. Those of ImageNet have torchvision's names: "squeezenet1_0", "resnet50",
// "vgg16_bn"; "resnet18-cifar" is the first of its ResNets as it is cut for 32x32 images.
std::vector<std::string> NetworkNames();

// The network `name` for the task, with its usual settings. InvalidArgument on an unknown name, which names the nearest
// valid one, and on images that its architecture has no place for, which names the sizes that it takes.
absl::StatusOr<Sequential> NetworkByName(const std::string& name, const NetworkTask& task, Random& random);

// What the network was published for: [1, 28, 28] and 10 classes, [3, 32, 32] and 10, or [3, 224, 224] and 1000; what a
// summary shows where no data set is named. InvalidArgument on an unknown name.
absl::StatusOr<NetworkTask> PublishedTask(const std::string& name);

}  // namespace dl

#endif  // MODULES_CNN_NETWORK_BY_NAME_H_
