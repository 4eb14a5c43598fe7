#include "modules/optimizers/experiments/lr_range_test.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/backprop/mlp.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mean_cells.h"
#include "modules/training/rate_finder.h"
#include "modules/training/rate_sweep.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

// What all optimizers share.
struct Bench {
  TrainTest data;
  std::vector<int64_t> widths;
  std::vector<uint64_t> seeds;
  TrainOptions train;
  RateFinderOptions finder;
  std::function<void(const std::string& part)> show;

  Sequential Network(uint64_t seed) const {
    Random random(seed);
    return Mlp(widths, Elementwise::kReLU, random);
  }
};

// A training of one seed at one rate; no outcome where it diverged.
struct Trained {
  uint64_t seed;
  double rate;
  std::optional<EpochMetrics> last_epoch;
};

struct Tables {
  Table metrics{{"optimizer", "rate_from", "seed", "step", "rate", "loss", "smoothed_loss", "test_accuracy"}};
  Table summary{{"optimizer", "rate_from", "rate", "spread", "over_grid", "train_loss_mean", "train_loss_std",
                 "extra_loss_mean", "extra_loss_std", "test_accuracy_mean", "test_accuracy_std", "diverged", "n"}};
};

// All seeds at all rates, one after another.
absl::StatusOr<RateSweep> Sweep(const Bench& bench, const NamedOptimizer& optimizer, const std::vector<double>& rates,
                                const std::vector<uint64_t>& seeds) {
  RateSweepOptions options = {.rates = rates, .seeds = seeds, .train = bench.train};
  options.train.name = optimizer.name;
  return SweepRates([&](uint64_t seed) { return bench.Network(seed); },
                    [&](std::vector<Variable> parameters, double rate) {
                      return optimizer.make(std::move(parameters), Constant(rate));
                    },
                    bench.data, options);
}

void AddTrained(const std::string& optimizer, const std::string& rate_from, const Trained& trained, Table& metrics) {
  const auto& end = trained.last_epoch;
  metrics.AddRow({optimizer, rate_from, trained.seed, "", trained.rate, end ? Cell(end->train.loss) : "", "",
                  end ? Cell(end->test.accuracy) : ""});
}

// The trainings of each seed at the best rate of the grid; none where every rate diverged, of which `divergence` tells.
absl::StatusOr<std::vector<Trained>> BestOfGrid(const Bench& bench, const NamedOptimizer& optimizer,
                                                const std::vector<double>& rates, Table& metrics,
                                                absl::Status& divergence) {
  bench.show(absl::StrCat(optimizer.name, ", grid"));
  const absl::StatusOr<RateSweep> sweep = Sweep(bench, optimizer, rates, bench.seeds);
  if (!sweep.ok()) return sweep.status();
  std::vector<Trained> best;
  for (size_t r = 0; r < rates.size(); ++r) {
    const RatedRuns& rated = sweep->of_rates[r];
    for (size_t s = 0; s < bench.seeds.size(); ++s) {
      Trained trained = {bench.seeds[s], rates[r], {}};
      if (!rated.runs.empty()) trained.last_epoch = rated.runs[s].back();
      AddTrained(optimizer.name, "grid", trained, metrics);
      if (sweep->best == r) best.push_back(std::move(trained));
    }
  }
  if (best.empty()) divergence.Update(sweep->of_rates.front().divergence);
  return best;
}

// The range test of one seed; no suggestion where it exploded at once, of which `divergence` tells.
absl::StatusOr<std::optional<RateSuggestions>> Suggest(const Bench& bench, const NamedOptimizer& optimizer,
                                                       uint64_t seed, Table& metrics, absl::Status& divergence) {
  Sequential model = bench.Network(seed);
  RateFinderOptions options = bench.finder;
  options.seed = seed;
  const absl::StatusOr<RateCurve> curve = FindRate(model, optimizer.make, bench.data.train, options);
  if (absl::IsAborted(curve.status())) {
    divergence.Update(absl::AbortedError(absl::StrCat(optimizer.name, ": ", curve.status().message())));
    return std::nullopt;
  }
  if (!curve.ok()) return curve.status();
  for (size_t i = 0; i < curve->points.size(); ++i) {
    const RatePoint& point = curve->points[i];
    metrics.AddRow({optimizer.name, "range test", seed, i + 1, point.rate, point.loss, point.smoothed, ""});
  }
  return curve->suggestions;
}

absl::StatusOr<std::vector<Trained>> TrainAt(const Bench& bench, const NamedOptimizer& optimizer,
                                             const std::string& rate_from,
                                             const std::vector<std::pair<uint64_t, double>>& rates, Table& metrics) {
  bench.show(absl::StrCat(optimizer.name, ", ", rate_from));
  std::vector<Trained> all;
  for (const auto& [seed, rate] : rates) {
    const absl::StatusOr<RateSweep> alone = Sweep(bench, optimizer, {rate}, {seed});
    if (!alone.ok()) return alone.status();
    all.push_back({seed, rate, {}});
    if (alone->best) all.back().last_epoch = alone->of_rates[0].runs[0].back();
    AddTrained(optimizer.name, rate_from, all.back(), metrics);
  }
  return all;
}

void AddSummaryRow(const std::string& optimizer, const std::string& rate_from, const std::vector<Trained>& runs,
                   const std::vector<Trained>& best, Table& summary) {
  std::vector<double> log_rates, losses, extra, accuracies;
  for (const Trained& run : runs) {
    log_rates.push_back(std::log(run.rate));
    if (!run.last_epoch) continue;
    losses.push_back(run.last_epoch->train.loss);
    accuracies.push_back(run.last_epoch->test.accuracy);
    for (const Trained& of_grid : best) {
      if (of_grid.seed == run.seed) extra.push_back(losses.back() - of_grid.last_epoch->train.loss);
    }
  }
  std::vector<Cell> cells = {optimizer, rate_from};
  if (runs.empty()) {
    cells.insert(cells.end(), 3, "");
  } else {
    const auto [least, most] = std::minmax_element(log_rates.begin(), log_rates.end());
    const double rate = std::exp(Mean(log_rates));
    cells.insert(cells.end(), {rate, std::exp(*most - *least), best.empty() ? Cell("") : rate / best.front().rate});
  }
  for (const auto& values : {losses, extra, accuracies}) AppendMean(values, cells);
  cells.insert(cells.end(), {runs.size() - losses.size(), losses.size()});
  summary.AddRow(std::move(cells));
}

// Whether anything could be trained, of which `divergence` tells where it could not.
absl::StatusOr<bool> Examine(const Bench& bench, const NamedOptimizer& optimizer, const std::vector<double>& grid,
                             Tables& tables, absl::Status& divergence) {
  const auto best = BestOfGrid(bench, optimizer, grid, tables.metrics, divergence);
  if (!best.ok()) return best.status();
  bench.show(absl::StrCat(optimizer.name, ", range tests"));
  std::vector<std::pair<uint64_t, double>> steepest, tenth;
  for (uint64_t seed : bench.seeds) {
    const auto suggestions = Suggest(bench, optimizer, seed, tables.metrics, divergence);
    if (!suggestions.ok()) return suggestions.status();
    if (!suggestions->has_value()) continue;
    steepest.push_back({seed, (*suggestions)->steepest});
    tenth.push_back({seed, (*suggestions)->tenth_of_lowest});
  }
  for (const auto& [rate_from, rates] : {std::pair("steepest", steepest), std::pair("lowest/10", tenth)}) {
    const auto runs = TrainAt(bench, optimizer, rate_from, rates, tables.metrics);
    if (!runs.ok()) return runs.status();
    AddSummaryRow(optimizer.name, rate_from, *runs, *best, tables.summary);
  }
  AddSummaryRow(optimizer.name, "grid", *best, *best, tables.summary);
  return !best->empty() || !steepest.empty();
}

}  // namespace

void LrRangeTest::AddFlags(FlagSet& flags) {
  flags.Add("optimizers", &optimizers_, "sgd, momentum, adam, rmsprop, ..., with settings as in adam:beta2=0.99");
  flags.Add("rates", &rates_, "of each optimizer's grid, around its typical rate; an odd number");
  flags.Add("ratio", &ratio_, "of neighbours in the grid");
  flags.Add("lowest_rate", &lowest_rate_, "with which the range test begins");
  flags.Add("highest_rate", &highest_rate_, "with which it would end");
  flags.Add("range_steps", &range_steps_, "between these two");
  flags.Add("smoothing", &smoothing_, "how much of the running mean of the losses each step keeps");
  flags.Add("train_size", &train_size_, "glyphs to learn from");
  flags.Add("test_size", &test_size_, "glyphs to test on");
  flags.Add("hidden", &hidden_, "widths of the hidden layers");
  flags.Add("epochs", &epochs_, "of the trainings with a suggested rate and with the grid's");
  flags.Add("batch_size", &batch_size_, "examples a step");
  flags.Add("seeds", &seeds_, "one network, range test and training at each rate for each");
}

void LrRangeTest::UseDemoSize() {
  rates_ = 5;
  ratio_ = 3;
  range_steps_ = 200;
  train_size_ = 2000;
  test_size_ = 500;
  epochs_ = 4;
  seeds_ = {1, 2, 3, 4, 5};
}

absl::Status LrRangeTest::CheckFlags() const {
  return FirstError({WantsBetween("rates", rates_, 1, 99), WantsOdd("rates", rates_),
                     WantsBetween("ratio", ratio_, 1.01, 1000), WantsPositive("lowest_rate", lowest_rate_),
                     WantsAtLeast("highest_rate", highest_rate_, 2 * lowest_rate_),
                     WantsAtLeast("range_steps", range_steps_, 2), WantsFraction("smoothing", smoothing_),
                     WantsAtLeast("train_size", train_size_, 1), WantsAtLeast("test_size", test_size_, 1),
                     WantsBetween("hidden", hidden_, 1, kWidest), WantsAtLeast("epochs", epochs_, 1),
                     WantsBetween("batch_size", batch_size_, 1, train_size_, "train_size"), WantsSeeds(seeds_)});
}

absl::StatusOr<ExperimentResult> LrRangeTest::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const auto optimizers = ParseOptimizers(optimizers_);
  if (!optimizers.ok()) return optimizers.status();
  absl::StatusOr<TrainTest> data = LoadDataset("glyphs", {.train_size = train_size_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  int64_t done = 0;
  const int64_t parts = static_cast<int64_t>(4 * optimizers->size());
  Bench bench = {.data = *std::move(data),
                 .widths = {},
                 .seeds = seeds_,
                 .train = {.epochs = epochs_, .batch_size = batch_size_},
                 .finder = {.lowest = lowest_rate_,
                            .highest = highest_rate_,
                            .steps = range_steps_,
                            .batch_size = batch_size_,
                            .smoothing = smoothing_},
                 .show = [&](const std::string& part) { progress.Part(part, done++, parts); }};
  bench.widths = {NumElements(bench.data.train.example_shape)};
  bench.widths.insert(bench.widths.end(), hidden_.begin(), hidden_.end());
  bench.widths.push_back(bench.data.train.num_classes());
  Tables tables;
  absl::Status divergence;
  bool any = false;
  for (const NamedOptimizer& optimizer : *optimizers) {
    const auto trained =
        Examine(bench, optimizer, RatesAround(optimizer.typical_rate, rates_, ratio_), tables, divergence);
    if (!trained.ok()) return trained.status();
    any = any || *trained;
  }
  if (!any) return divergence;
  return ExperimentResult{
      .metrics = std::move(tables.metrics),
      .summary = std::move(tables.summary),
      .seeds = seeds_,
      .datasets = {{"glyphs", Fingerprint(bench.data.train)}, {"glyphs (test)", Fingerprint(bench.data.test)}}};
}

}  // namespace dl
