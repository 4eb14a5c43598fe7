// The Fréchet distance of two Gaussians (Dowson & Landau 1982), fitted to the features of two domains: what scores
// generated images when the features are a certain network's (FID, Heusel et al. 2017).
//
//   |μ_s - μ_t|² + tr(C_s + C_t - 2 (C_s^½ C_t C_s^½)^½)
#ifndef MODULES_TRANSFER_FRECHET_DISTANCE_H_
#define MODULES_TRANSFER_FRECHET_DISTANCE_H_

#include "modules/primitives/tensor.h"

namespace dl {

// Squared, as it is usually given. source: [N, ...], target: [M, ...] of any type, N and M at least 2. Three matrices
// [D, D] are decomposed: seconds for a thousand columns.
double FrechetDistance(const Tensor& source, const Tensor& target);

}  // namespace dl

#endif  // MODULES_TRANSFER_FRECHET_DISTANCE_H_
