#include "modules/optimizers/experiments/train_to_level.h"

#include <algorithm>
#include <utility>

#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/training/interrupt.h"

namespace dl {
namespace {

constexpr double kDiverged = 1e6;  // nats; nothing comes back from there

// `a` rather than `b`, neither of which diverged.
bool IsFaster(const LevelRun& a, const LevelRun& b) {
  if (a.reached != b.reached) return a.reached;
  return a.reached ? a.path.back().step < b.path.back().step : a.path.back().loss < b.path.back().loss;
}

}  // namespace

LevelTask::LevelTask(MakeModel model, const Dataset& train)
    : model(std::move(model)),
      train(&train),
      normalization(ChannelNormalization(train)),
      all(Batches::InOrder(train, {.batch_size = train.size(), .normalization = normalization})[0]) {}

double LevelTask::Loss(Sequential& model) const {
  return CrossEntropy(model.Forward(all.inputs, {}), all.labels).value().item();
}

absl::StatusOr<LevelRun> TrainToLevel(const LevelTask& task, const LevelOptions& options, double rate, uint64_t seed) {
  LevelRun run = {.rate = rate, .model = task.model(seed)};
  const auto optimizer = options.optimizer.make(Variables(run.model), Constant(rate));
  const Random order = Random(seed).Split(1);
  const BatchOptions batching = {
      .batch_size = options.batch_size, .drop_last = true, .normalization = task.normalization};
  while (true) {
    for (const Batch& batch : Batches::Shuffled(*task.train, batching, order.Split(optimizer->step()))) {
      if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
      if (optimizer->step() % options.steps_between == 0) {
        run.path.push_back({optimizer->step(), task.Loss(run.model), WeightsOf(optimizer->parameters())});
        run.reached = run.path.size() >= 3 && run.path.back().loss <= options.level;
        if (run.reached || (run.path.size() >= 3 && optimizer->step() >= options.most_steps)) return run;
      }
      double loss = 0;
      optimizer->StepWith([&] {
        const Variable cost = CrossEntropy(run.model.Forward(batch.inputs, {.training = true}), batch.labels);
        loss = cost.value().item();
        return Gradients(cost, optimizer->parameters());
      });
      if (!(loss < kDiverged)) {
        run.diverged_at = optimizer->step();
        return run;
      }
    }
  }
}

// From the largest rate to the smallest, for the largest that work are the fastest: no later run need go on for longer
// than the best so far.
absl::StatusOr<LevelRun> FastestToLevel(const LevelTask& task, const LevelOptions& options, std::vector<double> rates,
                                        uint64_t seed) {
  std::sort(rates.rbegin(), rates.rend());
  LevelRun best = {.diverged_at = 1};
  LevelOptions no_longer = options;
  for (double rate : rates) {
    if (best.reached) no_longer.most_steps = best.path.back().step;
    absl::StatusOr<LevelRun> run = TrainToLevel(task, no_longer, rate, seed);
    if (!run.ok()) return run.status();
    if (best.diverged_at > 0 || (run->diverged_at == 0 && IsFaster(*run, best))) best = *std::move(run);
  }
  return best;
}

}  // namespace dl
