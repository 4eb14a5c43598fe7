// t-SNE (van der Maaten & Hinton 2008): a map in the plane where neighbours in feature space stay neighbours.
//
// With the affinities p_ij of the features (neighbour_affinities.h) and those of the map,
//
//   w_ij = 1 / (1 + |y_i - y_j|²),  q_ij = w_ij / Z,  Z = the sum of all w,
//
// it makes small KL(P || Q) = sum p log(p / q) by descent along
//
//   dy_i = 4 sum over j of (p_ij - q_ij) w_ij (y_i - y_j)
//
// with momentum and gains. Exact: every pair counts in every step, O(N²). Distances between clusters and their sizes
// say nothing; a cluster's being one does.
#ifndef MODULES_TRANSFER_TSNE_H_
#define MODULES_TRANSFER_TSNE_H_

#include <cstdint>

#include "modules/primitives/tensor.h"

namespace dl {

struct TSneOptions {
  double perplexity = 30;  // in (1, N - 1)
  int64_t iterations = 1000;
  // The first of the iterations pull P's multiple by `exaggeration`, at momentum 0.5, so that clusters can pass through
  // each other; the others are at momentum 0.8.
  int64_t exaggerated = 250;
  double exaggeration = 12;
  double rate = 0;  // of the descent; 0: N / exaggeration (Belkina et al. 2019), above which the pull overshoots
};

struct TSneMap {
  Tensor y;               // [N, 2], f64, of mean 0
  double divergence = 0;  // KL(P || Q) in nats, P without exaggeration
};

// features: [N, ...] of any type, N > perplexity + 1, D >= 2; some thousand examples take some seconds. It starts from
// the first two principal components, scaled so that the first's deviation is 1e-4 (Kobak & Berens 2019), so that it
// is a function of its arguments. Forces are summed in f32: another processor's order of summation makes another map
// of the same neighbourhoods.
TSneMap TSne(const Tensor& features, const TSneOptions& options = {});

}  // namespace dl

#endif  // MODULES_TRANSFER_TSNE_H_
