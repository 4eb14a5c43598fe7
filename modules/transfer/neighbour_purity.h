// Neighbour purity: how often the nearest examples in feature space are of the same class.
#ifndef MODULES_TRANSFER_NEIGHBOUR_PURITY_H_
#define MODULES_TRANSFER_NEIGHBOUR_PURITY_H_

#include <cstdint>

#include "absl/types/span.h"
#include "modules/primitives/tensor.h"

namespace dl {

// The share of the k nearest other examples that have an example's own label, the mean over all examples, in [0, 1]: 1
// where classes lie apart, the classes' own shares where they are mixed. Euclidean distance; the first among equally
// near ones. features: [N, ...] of any type; labels: N, 0 or more; k in {1, ..., N - 1}.
double NeighbourPurity(const Tensor& features, absl::Span<const int32_t> labels, int64_t k);

}  // namespace dl

#endif  // MODULES_TRANSFER_NEIGHBOUR_PURITY_H_
