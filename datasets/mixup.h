// mixup (Zhang, Cisse, Dauphin, Lopez-Paz: "mixup: Beyond Empirical Risk Minimization", 2018): training on weighted
// means of two images, whose answer is the same weighted mean of the two classes.
#ifndef DATASETS_MIXUP_H_
#define DATASETS_MIXUP_H_

#include <cstdint>

#include "absl/types/span.h"
#include "modules/base/random.h"
#include "modules/primitives/tensor.h"

namespace dl {

// A number from Beta(alpha, alpha), in [0, 1], alpha > 0: mean 1/2, variance 1 / (8 alpha + 4). A small alpha mixes
// little: most shares lie near 0 or 1.
float MixupShare(float alpha, Random* random);

// Row i of x [N, ...] becomes (1 - share) x_i + share x_j, j = partners[i] in {0, ..., N - 1}.
Tensor MixRows(const Tensor& x, absl::Span<const int64_t> partners, float share);

}  // namespace dl

#endif  // DATASETS_MIXUP_H_
