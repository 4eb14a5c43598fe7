// LogME (You et al. 2021): how well a linear head on frozen features can explain the labels of a task, without training
// one.
//
// Each class has a Bayesian linear regression of its indicator y on the features F [N, D]: weights of prior N(0, I /
// α), noise of precision β. The evidence is p(y | F) with the weights integrated out, and α and β are those that make
// it largest:
//
//   log p = D/2 log α + N/2 log β - N/2 log 2π - β/2 |F m - y|² - α/2 |m|² - 1/2 log det A,
//   A = α I + β FᵀF,  m = β A⁻¹ Fᵀ y
//
// LogME is its mean over the classes, divided by N: the higher, the better the features suit the task.
#ifndef MODULES_TRANSFER_LOGME_H_
#define MODULES_TRANSFER_LOGME_H_

#include <cstdint>

#include "absl/types/span.h"
#include "modules/primitives/tensor.h"

namespace dl {

// features: [N, ...] of any type, N >= 2, not centred; labels: N of {0, ..., K - 1}. α and β by the fixed point of You
// et al. 2022: γ = sum of β σ / (α + β σ) over the eigenvalues σ of FᵀF, α ← γ / |m|², β ← (N - γ) / |F m - y|², which
// both have 1e-5 added to their denominator, as the authors' program has.
double LogMe(const Tensor& features, absl::Span<const int32_t> labels);

}  // namespace dl

#endif  // MODULES_TRANSFER_LOGME_H_
