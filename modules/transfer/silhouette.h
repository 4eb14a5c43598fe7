// The silhouette (Rousseeuw 1987): how much nearer examples lie to their own class than to the next one.
#ifndef MODULES_TRANSFER_SILHOUETTE_H_
#define MODULES_TRANSFER_SILHOUETTE_H_

#include <cstdint>

#include "absl/types/span.h"
#include "modules/primitives/tensor.h"

namespace dl {

// The mean over the examples of (b - a) / max(a, b), in [-1, 1]: a is the mean Euclidean distance to the others of its
// class, b that to the class for which it is least among all others; 0 for an example that is alone in its class or
// where a = b = 0. About 0 where classes are mixed. features: [N, ...] of any type; labels: N, 0 or more, of two
// classes at least.
double Silhouette(const Tensor& features, absl::Span<const int32_t> labels);

}  // namespace dl

#endif  // MODULES_TRANSFER_SILHOUETTE_H_
