// The likeliest classes of one answer.
#ifndef MODULES_TRANSFER_TOP_CLASSES_H_
#define MODULES_TRANSFER_TOP_CLASSES_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace dl {

// The numbers of the `count` largest of the K `scores`, largest first, of equal ones the first first; all K where there
// are fewer. Scores may be logits or probabilities; one that is no number comes last.
std::vector<int64_t> TopClasses(absl::Span<const float> scores, int64_t count);

}  // namespace dl

#endif  // MODULES_TRANSFER_TOP_CLASSES_H_
