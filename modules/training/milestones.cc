#include "modules/training/milestones.h"

#include <algorithm>

#include "datasets/batches.h"
#include "modules/base/check.h"
#include "modules/training/interrupt.h"

namespace dl {

const Milestone* MeasuredRun::At(int64_t step) const {
  const auto found = std::find_if(milestones.begin(), milestones.end(), [&](const auto& m) { return m.step == step; });
  return found == milestones.end() ? nullptr : &*found;
}

absl::StatusOr<MeasuredRun> TrainToMilestones(Layer& model, Optimizer& optimizer, const TrainTest& data,
                                              absl::Span<const int64_t> steps, int64_t batch_size, uint64_t seed) {
  DL_CHECK(batch_size >= 1 && batch_size <= data.train.size())
      << "TrainToMilestones: batches of " << batch_size << " of " << data.train.size() << " examples";
  DL_CHECK(steps.empty() || (steps.front() >= 1 && std::is_sorted(steps.begin(), steps.end())))
      << "TrainToMilestones: the steps must ascend from 1 or more";
  const Random random(seed);
  const Random order = random.Split(1);
  Random noise = random.Split(2);
  const Normalization normalization = ChannelNormalization(data.train);
  const BatchOptions batching = {.batch_size = batch_size, .drop_last = true, .normalization = normalization};
  MeasuredRun run;
  int64_t step = 0;
  for (int64_t epoch = 0; run.milestones.size() < steps.size(); ++epoch) {
    for (const Batch& batch : Batches::Shuffled(data.train, batching, order.Split(epoch))) {
      if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
      ++step;
      if (!TrainStep(model, optimizer, CrossEntropy, batch, noise).made) {
        run.diverged_at = step;
        return run;
      }
      if (step < steps[run.milestones.size()]) continue;
      run.milestones.push_back(
          {step, Evaluate(model, data.train, normalization), Evaluate(model, data.test, normalization)});
      if (run.milestones.size() == steps.size()) break;
    }
  }
  return run;
}

std::vector<int64_t> GrowingSteps(absl::Span<const int64_t> wanted) {
  std::vector<int64_t> steps(wanted.begin(), wanted.end());
  const int64_t last = wanted.empty() ? 0 : *std::max_element(wanted.begin(), wanted.end());
  for (int64_t step = 1; step < last; step = std::max(step + 1, step * 3 / 2)) steps.push_back(step);
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  return steps;
}

}  // namespace dl
