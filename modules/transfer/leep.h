// LEEP (Nguyen et al. 2020): how well a source network's predictions alone foretell the labels of a target task,
// without any training.
//
//   P(y, z) = mean of θ(x_i)_z over the examples of label y, as a share of all;  P(y | z) = P(y, z) / P(z)
//   LEEP = mean over i of log sum over z of P(y_i | z) θ(x_i)_z
//
// where θ(x)_z is the source network's probability of its own class z. At most 0; the higher, the better a transfer is
// foretold to go.
#ifndef MODULES_TRANSFER_LEEP_H_
#define MODULES_TRANSFER_LEEP_H_

#include <cstdint>

#include "absl/types/span.h"
#include "modules/primitives/tensor.h"

namespace dl {

// source_probabilities: [N, Z] of any type, the source network's on target examples, each row a distribution; labels: N
// of the target's, 0 or more.
double Leep(const Tensor& source_probabilities, absl::Span<const int32_t> labels);

}  // namespace dl

#endif  // MODULES_TRANSFER_LEEP_H_
