// Spearman's rank correlation: whether two lists of numbers rank the same things alike.
#ifndef MODULES_TRAINING_RANK_CORRELATION_H_
#define MODULES_TRAINING_RANK_CORRELATION_H_

#include "absl/types/span.h"

namespace dl {

// Of two lists of equal length, in [-1, 1]: the correlation of their ranks, equal values sharing the mean of theirs. 0
// where a list has one value only and so ranks nothing.
double RankCorrelation(absl::Span<const float> a, absl::Span<const float> b);

}  // namespace dl

#endif  // MODULES_TRAINING_RANK_CORRELATION_H_
