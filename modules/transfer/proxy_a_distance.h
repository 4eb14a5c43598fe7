// The proxy A-distance (Ben-David et al. 2007): how well a linear classifier tells two domains apart.
//
//   2 (1 - 2 ε), ε its error on examples that it has not seen
//
// 2 where it always can, 0 where it guesses.
#ifndef MODULES_TRANSFER_PROXY_A_DISTANCE_H_
#define MODULES_TRANSFER_PROXY_A_DISTANCE_H_

#include <cstdint>

#include "modules/primitives/tensor.h"

namespace dl {

// source: [N, ...], target: [M, ...] of any type, N and M at least 2. `seed` draws half of each domain to learn from; ε
// is the mean of the two domains' errors on the other halves, so that a small domain counts as much as a large one.
// The classifier is logistic regression on columns of mean 0 and deviation 1, with a little weight decay. By chance
// it may be a little below 0 where there is no shift. A function of its arguments.
double ProxyADistance(const Tensor& source, const Tensor& target, uint64_t seed = 1);

}  // namespace dl

#endif  // MODULES_TRANSFER_PROXY_A_DISTANCE_H_
