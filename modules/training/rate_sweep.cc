#include "modules/training/rate_sweep.h"

#include <cmath>
#include <ostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

absl::StatusOr<RatedRuns> TrainAt(double rate, const MakeModel& make_model, const MakeRatedOptimizer& make_optimizer,
                                  const TrainTest& data, const RateSweepOptions& options) {
  std::ostream nowhere(nullptr);
  Progress quiet(nowhere, {});  // on_rate tells how far it is
  RatedRuns rated{rate, {}, {}};
  TrainOptions train = options.train;
  const std::string name = absl::StrCat(train.name.empty() ? "" : train.name + ", ", "rate ", rate);
  for (uint64_t seed : options.seeds) {
    Sequential model = make_model(seed);
    const auto optimizer = make_optimizer(Variables(model), rate);
    train.name = absl::StrCat(name, ", seed ", seed);
    train.seed = seed;
    auto epochs = TrainClassifier(model, *optimizer, data, train, quiet);
    if (absl::IsAborted(epochs.status())) return RatedRuns{rate, {}, epochs.status()};
    if (!epochs.ok()) return epochs.status();
    rated.runs.push_back(*std::move(epochs));
  }
  return rated;
}

}  // namespace

std::vector<double> RatesAround(double middle, int64_t count, double ratio) {
  DL_CHECK(count % 2 == 1) << "RatesAround: " << count << " rates have none in the middle; it must be odd";
  std::vector<double> rates;
  for (int64_t i = -(count / 2); i <= count / 2; ++i) rates.push_back(middle * std::pow(ratio, static_cast<double>(i)));
  return rates;
}

std::vector<double> RatedRuns::LastTrainLosses() const {
  std::vector<double> losses;
  for (const auto& epochs : runs) losses.push_back(epochs.back().train.loss);
  return losses;
}

absl::StatusOr<RateSweep> SweepRates(const MakeModel& model, const MakeRatedOptimizer& optimizer, const TrainTest& data,
                                     const RateSweepOptions& options) {
  RateSweep sweep;
  double lowest = 0;
  for (double rate : options.rates) {
    options.on_rate(rate);
    absl::StatusOr<RatedRuns> rated = TrainAt(rate, model, optimizer, data, options);
    if (!rated.ok()) return rated.status();
    sweep.of_rates.push_back(*std::move(rated));
    if (sweep.of_rates.back().runs.empty()) continue;
    const double loss = Mean(sweep.of_rates.back().LastTrainLosses());
    if (sweep.best && loss >= lowest) continue;
    lowest = loss;
    sweep.best = sweep.of_rates.size() - 1;
  }
  return sweep;
}

}  // namespace dl
