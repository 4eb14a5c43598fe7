// The learning-rate finder: a short training in which the rate climbs, step by step, from far too small to far too
// large, and two readings of how the loss takes it.
//
// The range test is Smith's ("Cyclical Learning Rates for Training Neural Networks", 2017); the smoothed loss, the stop
// and the two suggestions are those of fast.ai's library (Howard & Gugger, "fastai: A Layered API for Deep Learning",
// 2020).
#ifndef MODULES_TRAINING_RATE_FINDER_H_
#define MODULES_TRAINING_RATE_FINDER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "datasets/dataset.h"
#include "modules/backprop/layer.h"
#include "modules/optimizers/optimizer.h"
#include "modules/training/classifier.h"

namespace dl {

using MakeScheduledOptimizer =
    std::function<std::unique_ptr<Optimizer>(std::vector<Variable> parameters, Schedule rate)>;

struct RateFinderOptions {
  double lowest = 1e-6, highest = 10;  // the rates of the first and of the last step, which climb by a constant factor
  int64_t steps = 300;                 // two at least
  int64_t batch_size = 64;
  uint64_t seed = 1;        // of the order of the examples
  double smoothing = 0.98;  // how much of the running mean of the losses each step keeps, 0 to less than 1
  double stop = 4;          // the finder ends where the smoothed loss exceeds so many times its lowest value
  ClassifierLoss loss = CrossEntropy;
};

// One step of the finder.
struct RatePoint {
  double rate;
  double loss;      // of the batch, before the step
  double smoothed;  // the running mean of the losses up to here
};

// Steepest is looked for on the way down to the lowest point only: fast.ai's library looks beyond it, too, where the
// way back from an explosion is steeper than any descent.
struct RateSuggestions {
  double steepest;         // the rate at which the smoothed loss falls most from one step to the next
  double tenth_of_lowest;  // a tenth of the rate at which it is lowest
};

// What the points, two at least, suggest.
RateSuggestions SuggestRates(absl::Span<const RatePoint> points);

struct RateCurve {
  std::vector<RatePoint> points;  // one a step, until the stop
  RateSuggestions suggestions;    // from all but a first tenth of the steps, in which the mean has not settled
};

// Runs the finder, which ruins `model`, on `train`; inputs are normalised by its moments. Aborted where the loss
// exceeds the stop before there is anything to read, naming rate and step; Cancelled after Ctrl-C.
absl::StatusOr<RateCurve> FindRate(Layer& model, const MakeScheduledOptimizer& optimizer, const Dataset& train,
                                   const RateFinderOptions& options);

}  // namespace dl

#endif  // MODULES_TRAINING_RATE_FINDER_H_
