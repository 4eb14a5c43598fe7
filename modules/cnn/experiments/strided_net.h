// The network of the ablations: small enough to be trained some hundred times.
#ifndef MODULES_CNN_EXPERIMENTS_STRIDED_NET_H_
#define MODULES_CNN_EXPERIMENTS_STRIDED_NET_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/backprop/initializers.h"
#include "modules/backprop/layer.h"

namespace dl {

enum class Norm { kNone, kBatch, kGroup };

// "none", "batch", "group": the values of Norm in their order.
std::vector<std::string> NormNames();
// InvalidArgument with the valid names on any other.
absl::StatusOr<Norm> ParseNorm(const std::string& name);

struct StridedNetOptions {
  Shape image = {3, 32, 32};  // [channels, height, width]
  int64_t classes = 10;
  std::vector<int64_t> widths = {16, 32, 64};  // maps of each convolution
  Norm norm = Norm::kBatch;                    // kGroup: groups of 8 maps, or all as one where 8 do not divide them
  Initializer initializer = KaimingNormal;     // of all weights
  // Rates of dropout: of the elements or of the maps that leave each convolution's ReLU, or of the dense layer's
  // inputs.
  float drop_elements = 0, drop_maps = 0, drop_inputs = 0;
};

// For each width a convolution 3x3 of stride 2, the normalisation, ReLU; then a dense layer. No pooling: a quarter of
// the work. x: [N, image...]; y: logits [N, classes]. Convolutions have a bias where no normalisation takes it away.
Sequential StridedNet(Random& random, const StridedNetOptions& options = {});

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_STRIDED_NET_H_
