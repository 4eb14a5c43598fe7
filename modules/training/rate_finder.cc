#include "modules/training/rate_finder.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"
#include "datasets/batches.h"
#include "modules/base/check.h"
#include "modules/training/interrupt.h"

namespace dl {
namespace {

// An exponential moving mean; it begins at 0, and the division makes up for that, as Adam's does.
class RunningMean {
 public:
  explicit RunningMean(double keep) : keep_(keep) {}

  double Add(double value) {
    sum_ = keep_ * sum_ + (1 - keep_) * value;
    weight_ = keep_ * weight_ + (1 - keep_);
    return sum_ / weight_;
  }

 private:
  double keep_, sum_ = 0, weight_ = 0;
};

void CheckOptions(const Dataset& train, const RateFinderOptions& o) {
  DL_CHECK(o.lowest > 0 && o.highest > o.lowest) << "FindRate: rates from " << o.lowest << " to " << o.highest;
  DL_CHECK(o.steps >= 2 && o.stop > 1) << "FindRate: " << o.steps << " steps, stop at " << o.stop;
  DL_CHECK(o.smoothing >= 0 && o.smoothing < 1) << "FindRate: a smoothing of " << o.smoothing;
  DL_CHECK(o.batch_size >= 1 && o.batch_size <= train.size())
      << "FindRate: batches of " << o.batch_size << " of " << train.size() << " examples";
}

}  // namespace

RateSuggestions SuggestRates(absl::Span<const RatePoint> points) {
  DL_CHECK(points.size() >= 2) << "SuggestRates: " << points.size() << " points; there must be two at least";
  const auto lower = [](const RatePoint& a, const RatePoint& b) { return a.smoothed < b.smoothed; };
  const size_t lowest = std::min_element(points.begin(), points.end(), lower) - points.begin();
  const auto change = [&](size_t i) { return points[i + 1].smoothed - points[i].smoothed; };
  size_t steepest = 0;
  for (size_t i = 1; i < lowest; ++i) {
    if (change(i) < change(steepest)) steepest = i;
  }
  return {.steepest = points[steepest].rate, .tenth_of_lowest = points[lowest].rate / 10};
}

absl::StatusOr<RateCurve> FindRate(Layer& model, const MakeScheduledOptimizer& make_optimizer, const Dataset& train,
                                   const RateFinderOptions& options) {
  CheckOptions(train, options);
  const Random random(options.seed);
  const Random order = random.Split(1);  // of the examples, one generator an epoch
  Random noise = random.Split(2);        // for dropout
  const BatchOptions batching = {
      .batch_size = options.batch_size, .drop_last = true, .normalization = ChannelNormalization(train)};
  // [range_test]
  const double factor = std::pow(options.highest / options.lowest, 1.0 / static_cast<double>(options.steps - 1));
  const Schedule rate = ExponentialDecay(options.lowest, factor);
  const auto optimizer = make_optimizer(Variables(model), rate);
  RunningMean mean(options.smoothing);
  double lowest = std::numeric_limits<double>::infinity();
  std::vector<RatePoint> points;
  bool stopped = false;
  for (int64_t epoch = 0; !stopped; ++epoch) {
    for (const Batch& batch : Batches::Shuffled(train, batching, order.Split(epoch))) {
      if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
      const int64_t step = optimizer->step();
      const TrainingStep taken = TrainStep(model, *optimizer, options.loss, batch, noise);
      const double loss = taken.loss, smoothed = mean.Add(loss);
      stopped = !taken.made || smoothed > options.stop * lowest;
      if (stopped) break;
      points.push_back({.rate = rate(step), .loss = loss, .smoothed = smoothed});
      lowest = std::min(lowest, smoothed);
      stopped = step + 1 == options.steps;
      if (stopped) break;
    }
  }
  // [/range_test]
  const int64_t count = static_cast<int64_t>(points.size()), unsettled = options.steps / 10;
  if (count < unsettled + 2) {
    return absl::AbortedError(absl::StrCat("the loss explodes at step ", count + 1, " of the range test, rate ",
                                           rate(count), "; begin with a smaller rate"));
  }
  const RateSuggestions suggestions = SuggestRates(absl::MakeConstSpan(points).subspan(unsettled));
  return RateCurve{.points = std::move(points), .suggestions = suggestions};
}

}  // namespace dl
