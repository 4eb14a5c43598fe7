// The maximum mean discrepancy (Gretton et al. 2012): how far apart two samples are, as a kernel sees them.
//
//   MMD² = mean of k(s, s') + mean of k(t, t') - 2 mean of k(s, t)
//
// over pairs of different source examples, pairs of different target examples and pairs across: unbiased, 0 on average
// where both come from one distribution and so below 0 at times. k is a mixture of Gaussians in equal shares,
// exp(-|x - y|² / (2 σ²)) for each squared bandwidth σ². A deep adaptation network (DAN, Long et al. 2015) makes it
// small between the features of two domains.
#ifndef MODULES_TRANSFER_MAXIMUM_MEAN_DISCREPANCY_H_
#define MODULES_TRANSFER_MAXIMUM_MEAN_DISCREPANCY_H_

#include <vector>

#include "modules/backprop/variable.h"

namespace dl {

// The squared bandwidths m 2^-3, m 2^-2, ..., m 2^1, the multiples of the Transfer-Learning-Library. m is the median of
// the squared distances between all pairs of different examples of both samples together (Gretton et al. 2012), 1 where
// that is 0. source: [N, ...], target: [M, ...], N + M >= 2.
std::vector<double> MedianBandwidths(const Tensor& source, const Tensor& target);

// MMD² as a loss, shape []. source: [N, D], target: [M, D], N and M at least 2. Without bandwidths the median's, which
// count as constants: no gradient runs through them.
Variable MmdLoss(const Variable& source, const Variable& target, const std::vector<double>& bandwidths = {});

// MMD² as a measure, in double. source: [N, ...], target: [M, ...] of any type, N and M at least 2.
double MaximumMeanDiscrepancy(const Tensor& source, const Tensor& target, const std::vector<double>& bandwidths = {});

}  // namespace dl

#endif  // MODULES_TRANSFER_MAXIMUM_MEAN_DISCREPANCY_H_
