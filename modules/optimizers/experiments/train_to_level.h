// Training until the loss is at a level, remembering the way: networks that differ in how they were trained, and not in
// how far.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_TRAIN_TO_LEVEL_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_TRAIN_TO_LEVEL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "datasets/batches.h"
#include "datasets/dataset.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/training/loss_plane.h"
#include "modules/training/rate_sweep.h"

namespace dl {

// What is learned: a classifier of `train`, by cross-entropy. `train` must outlive it.
struct LevelTask {
  LevelTask(MakeModel model, const Dataset& train);

  MakeModel model;
  const Dataset* train;
  Normalization normalization;  // that of `train`
  Batch all;                    // the whole of it, normalized

  // Of the model on all of it, in nats.
  double Loss(Sequential& model) const;
};

struct LevelOptions {
  NamedOptimizer optimizer;
  int64_t batch_size = 16;
  double level = 0.05;  // nats
  int64_t most_steps = 4000;
  int64_t steps_between = 10;  // two looks at the loss
};

struct PathPoint {
  int64_t step;
  double loss;  // on the whole training set
  WeightVector weights;
};

struct LevelRun {
  double rate = 0;
  Sequential model = Sequential();   // as it ended
  std::vector<PathPoint> path = {};  // one a look, at least three of a run that does not diverge; the last is the end
  bool reached = false;              // the level
  int64_t diverged_at = 0;           // the step, from 1, whose batch cost no number below a million nats
};

// Trains the model of `seed` at a constant rate until its loss on the training set is at the level, at most_steps at
// the latest. Cancelled after Ctrl-C.
absl::StatusOr<LevelRun> TrainToLevel(const LevelTask& task, const LevelOptions& options, double rate, uint64_t seed);

// The run, of those at these rates, that is at the level after the fewest steps; where none gets there, the one that
// comes nearest; where all diverge, that of the smallest rate.
absl::StatusOr<LevelRun> FastestToLevel(const LevelTask& task, const LevelOptions& options, std::vector<double> rates,
                                        uint64_t seed);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_TRAIN_TO_LEVEL_H_
