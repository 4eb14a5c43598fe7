// A batch: some examples of a data set as one tensor, which is what a network eats.
#ifndef DATASETS_BATCH_H_
#define DATASETS_BATCH_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "datasets/augmentation.h"
#include "datasets/dataset.h"
#include "datasets/normalization.h"
#include "modules/base/random.h"
#include "modules/primitives/tensor.h"

namespace dl {

struct Batch {
  Tensor inputs;                // [N, example_shape...]; bytes scaled to [0, 1], then normalized
  std::vector<int32_t> labels;  // N
  // Of mixup: each input is mixed_share of an example with the mixed label and 1 - mixed_share of one with the label;
  // so is the loss, (1 - mixed_share) · loss(labels) + mixed_share · loss(mixed_labels).
  std::vector<int32_t> mixed_labels = {};  // N; none without mixup
  float mixed_share = 0;
};

// The examples of the given indices, in their order.
Batch MakeBatch(const Dataset& dataset, absl::Span<const int64_t> indices, const Normalization& normalization = {});

// The same, augmented: a function of the arguments only. The program stops where CheckAugmentation refuses.
Batch MakeAugmentedBatch(const Dataset& dataset, absl::Span<const int64_t> indices, const Normalization& normalization,
                         const AugmentationOptions& augmentation, int64_t epoch, Random random);

}  // namespace dl

#endif  // DATASETS_BATCH_H_
