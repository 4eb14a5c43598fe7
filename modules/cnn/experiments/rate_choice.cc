#include "modules/cnn/experiments/rate_choice.h"

#include <ostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/normalization.h"
#include "modules/base/check.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

std::optional<size_t> LowestValidationError(const Judgement& judgement) {
  std::optional<size_t> best;
  double lowest = 0;
  for (size_t i = 0; i < judgement.of_rates.size(); ++i) {
    if (judgement.of_rates[i].runs.empty()) continue;
    const double error = Mean(judgement.ValidationErrors(i));
    if (!best || error < lowest) best = i, lowest = error;
  }
  return best;
}

absl::StatusOr<JudgedRun> Judge(const Method& method, double rate, uint64_t seed, const TrainTest& data,
                                const RateSearch& search) {
  std::ostream nowhere(nullptr);
  Progress quiet(nowhere, {});  // on_part tells how far it is
  Sequential model = method.model(seed);
  const auto optimizer = method.optimizer(Variables(model), rate);
  TrainOptions train = method.train;
  train.name = absl::StrCat(method.name, ", rate ", rate, ", seed ", seed);
  train.seed = seed;
  if (search.look) train.after_epoch = [&](const EpochMetrics& epoch) { search.look(model, seed, epoch); };
  absl::StatusOr<std::vector<EpochMetrics>> epochs = TrainClassifier(model, *optimizer, data, train, quiet);
  if (!epochs.ok()) return epochs.status();
  JudgedRun run = {.seed = seed, .epochs = *std::move(epochs), .train = {}, .test = {}};
  run.train = Evaluate(model, data.train, ChannelNormalization(data.train));
  run.test = run.epochs.back().test;
  return run;
}

}  // namespace

std::vector<double> Judgement::Of(const std::function<double(const JudgedRun&)>& number) const {
  std::vector<double> numbers;
  for (const JudgedRun& run : runs) numbers.push_back(number(run));
  return numbers;
}

std::vector<double> Judgement::ValidationErrors(size_t rate) const {
  std::vector<double> errors;
  for (const auto& epochs : of_rates[rate].runs) errors.push_back(1 - epochs.back().test.accuracy);
  return errors;
}

absl::StatusOr<Judgement> JudgeAtBestRate(const Method& method, const ImageData& data, const RateSearch& search) {
  RateSweepOptions options = {.rates = search.rates, .seeds = search.seeds, .train = method.train};
  options.train.name = method.name;
  options.on_rate = [&](double rate) { search.on_part(absl::StrCat(method.name, ", rate ", rate)); };
  absl::StatusOr<RateSweep> sweep = SweepRates(method.model, method.optimizer, {data.train, data.validation}, options);
  if (!sweep.ok()) return sweep.status();
  Judgement judgement = {.name = method.name,
                         .validated = data.validation.size() > 0,
                         .of_rates = std::move(sweep->of_rates),
                         .chosen = sweep->best,
                         .runs = {}};
  if (judgement.validated) judgement.chosen = LowestValidationError(judgement);
  search.on_part(method.name + ", best rate");
  if (!judgement.chosen) return judgement;
  const TrainTest judged = {data.train, data.test};
  for (uint64_t seed : search.seeds) {
    absl::StatusOr<JudgedRun> run = Judge(method, judgement.of_rates[*judgement.chosen].rate, seed, judged, search);
    if (!run.ok()) return run.status();
    judgement.runs.push_back(*std::move(run));
  }
  return judgement;
}

absl::Status DivergenceOf(const Judgement& judgement) {
  DL_CHECK(!judgement.chosen) << "DivergenceOf: " << judgement.name << " has a rate at which it did not diverge";
  return judgement.of_rates.front().divergence;
}

}  // namespace dl
