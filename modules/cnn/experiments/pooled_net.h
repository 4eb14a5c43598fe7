// The network of the comparisons of pooling: one way to halve its maps, one way to end.
#ifndef MODULES_CNN_EXPERIMENTS_POOLED_NET_H_
#define MODULES_CNN_EXPERIMENTS_POOLED_NET_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "datasets/dataset.h"
#include "modules/backprop/layer.h"

namespace dl {

// How a stage halves its maps, by name:
//   max, average    of windows of 2x2; "max3", "average3": of 3x3, which overlap
//   stride          the convolution itself leaves out every second place, and nothing pools
//   blur            Zhang (2019): the maximum of 2x2 at every place, then BlurPool
std::vector<std::string> PoolingNames();

// What comes between the last maps and the classes, by name:
//   flatten   a dense layer of all places of all maps
//   global    a dense layer of the mean of each map
std::vector<std::string> HeadNames();

struct PooledNetOptions {
  Shape image = {3, 32, 32};  // [channels, side, side], the side to be halved by each stage
  int64_t classes = 10;
  std::vector<int64_t> widths = {8, 16, 32};  // maps of each stage
  std::string pooling = "max";                // of PoolingNames
  std::string head = "flatten";               // of HeadNames
};

// InvalidArgument where images like those of `data` are no squares that can be halved three times.
absl::Status WantsHalvable(const Dataset& data);

// For each width a convolution 3x3, batch normalisation, ReLU, pooling: a stage, whose last layer is called "stage1",
// "stage2", ...; then the head. x: [N, image...]; y: logits [N, classes].
Sequential PooledNet(Random& random, const PooledNetOptions& options = {});

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_POOLED_NET_H_
