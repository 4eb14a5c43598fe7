// A sweep over learning rates: to compare two methods fairly, each gets its own best rate, found on an equal budget.
#ifndef MODULES_TRAINING_RATE_SWEEP_H_
#define MODULES_TRAINING_RATE_SWEEP_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "datasets/dataset.h"
#include "modules/backprop/layer.h"
#include "modules/optimizers/optimizer.h"
#include "modules/training/classifier.h"

namespace dl {

using MakeModel = std::function<Sequential(uint64_t seed)>;
using MakeRatedOptimizer = std::function<std::unique_ptr<Optimizer>(std::vector<Variable> parameters, double rate)>;

// `count` rates, an odd number, at equal ratios: `ratio` is that of neighbours, `middle` stands in the middle.
std::vector<double> RatesAround(double middle, int64_t count, double ratio);

struct RateSweepOptions {
  std::vector<double> rates;
  std::vector<uint64_t> seeds;                               // one run each, at every rate
  TrainOptions train = {};                                   // but for the seed, which is the run's; named "adam"
  std::function<void(double rate)> on_rate = [](double) {};  // before the runs of each
};

struct RatedRuns {
  double rate;
  std::vector<std::vector<EpochMetrics>> runs;  // one a seed; none where one of them diverged
  absl::Status divergence = {};  // of that one: "adam, rate 10, seed 1: the loss is nan at step 7 of ..."

  std::vector<double> LastTrainLosses() const;
};

struct RateSweep {
  std::vector<RatedRuns> of_rates;  // in the order of the options
  std::optional<size_t> best;  // the one of the lowest mean training loss in the last epoch, if any did not diverge
};

// Trains a model from each seed at each rate. Errors are TrainClassifier's, but for divergence.
absl::StatusOr<RateSweep> SweepRates(const MakeModel& model, const MakeRatedOptimizer& optimizer, const TrainTest& data,
                                     const RateSweepOptions& options);

}  // namespace dl

#endif  // MODULES_TRAINING_RATE_SWEEP_H_
