// Training measured at chosen steps, where epochs are too coarse or do not compare.
#ifndef MODULES_TRAINING_MILESTONES_H_
#define MODULES_TRAINING_MILESTONES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "datasets/dataset.h"
#include "modules/backprop/layer.h"
#include "modules/optimizers/optimizer.h"
#include "modules/training/classifier.h"

namespace dl {

// The model after so many steps, over the whole of both sets.
struct Milestone {
  int64_t step;
  Evaluation train, test;
};

struct MeasuredRun {
  std::vector<Milestone> milestones = {};
  std::optional<int64_t> diverged_at = {};  // the step, from 1, that HasDiverged; what comes after it is missing

  // The milestone after `step` steps; null where the run did not come so far or did not stop there.
  const Milestone* At(int64_t step) const;
};

// Minimises the cross-entropy as TrainClassifier does, on the same batches in the same order, until the last of
// `steps`, which ascend from 1 or more. batch_size is 1 to data.train.size(). Cancelled after Ctrl-C.
absl::StatusOr<MeasuredRun> TrainToMilestones(Layer& model, Optimizer& optimizer, const TrainTest& data,
                                              absl::Span<const int64_t> steps, int64_t batch_size, uint64_t seed);

// 1, 2, 3, 4, 6, 9, 13, ..., each half as much again, up to the largest of `wanted`, and these too; ascending.
std::vector<int64_t> GrowingSteps(absl::Span<const int64_t> wanted);

}  // namespace dl

#endif  // MODULES_TRAINING_MILESTONES_H_
