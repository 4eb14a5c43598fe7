// Neighbour affinities: who is whose neighbour, as probabilities, each example by a scale of its own (van der Maaten &
// Hinton 2008).
//
//   p(j | i) = exp(-β_i |x_i - x_j|²) / the sum over j ≠ i,    p_ij = (p(j | i) + p(i | j)) / 2N
//
// β_i is such that i's neighbours are as undecided as `perplexity` equal ones: the entropy of p(. | i) is the logarithm
// of the perplexity. So it is large where examples lie close together and small where they are sparse.
#ifndef MODULES_TRANSFER_NEIGHBOUR_AFFINITIES_H_
#define MODULES_TRANSFER_NEIGHBOUR_AFFINITIES_H_

#include "modules/primitives/tensor.h"

namespace dl {

// p_ij, f64 [N, N]: symmetric, 0 on the diagonal, of sum 1. features: [N, ...] of any type; perplexity in (1, N - 1). β
// is found by bisection, until the entropy is within 1e-9 of its aim; where more equal rows than the perplexity make
// that impossible, it is their even share.
Tensor NeighbourAffinities(const Tensor& features, double perplexity);

}  // namespace dl

#endif  // MODULES_TRANSFER_NEIGHBOUR_AFFINITIES_H_
