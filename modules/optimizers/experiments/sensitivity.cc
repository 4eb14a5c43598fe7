#include "modules/optimizers/experiments/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mean_cells.h"
#include "modules/training/rate_range.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kMostRates = 99;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

struct Findings {
  NamedOptimizer optimizer;
  std::vector<double> rates;
  RateSweep sweep;
  std::vector<std::vector<double>> losses = {};  // final, [seed][rate]; NaN where training diverged
  std::vector<double> mean_losses = {};          // over the seeds

  bool diverged() const { return !sweep.best.has_value(); }
};

Findings Arrange(NamedOptimizer optimizer, std::vector<double> rates, RateSweep sweep, size_t seeds) {
  Findings f{std::move(optimizer), std::move(rates), std::move(sweep)};
  f.losses.assign(seeds, std::vector<double>(f.rates.size(), kNone));
  for (size_t r = 0; r < f.rates.size(); ++r) {
    const std::vector<double> of_rate = f.sweep.of_rates[r].LastTrainLosses();
    for (size_t s = 0; s < of_rate.size(); ++s) f.losses[s][r] = of_rate[s];
    f.mean_losses.push_back(of_rate.empty() ? kNone : Mean(of_rate));
  }
  return f;
}

double Lowest(const std::vector<double>& losses) {
  double lowest = std::numeric_limits<double>::infinity();
  for (double loss : losses) lowest = std::fmin(lowest, loss);
  return lowest;
}

// The width of the range within `limit`, 0 where there is none.
double Decades(const std::vector<double>& rates, const std::vector<double>& losses, double limit) {
  const auto range = RangeWithin(rates, losses, limit);
  return range ? range->Decades() : 0;
}

const char* OpenEnds(const RateRange& range) {
  if (range.open_low && range.open_high) return "both";
  return range.open_low ? "low" : range.open_high ? "high" : "";
}

void AddSweepRows(const Findings& f, double margin, Table& table) {
  const double limit = Lowest(f.mean_losses) + margin;
  for (size_t r = 0; r < f.rates.size(); ++r) {
    const RatedRuns& rated = f.sweep.of_rates[r];
    std::vector<double> test_losses, accuracies;
    for (const auto& run : rated.runs) {
      test_losses.push_back(run.back().test.loss);
      accuracies.push_back(run.back().test.accuracy);
    }
    std::vector<Cell> cells = {f.optimizer.name, rated.rate, rated.runs.empty() ? "yes" : "no"};
    AppendMean(rated.LastTrainLosses(), cells);
    AppendMean(test_losses, cells);
    AppendMean(accuracies, cells);
    cells.insert(cells.end(), {f.losses.size(), f.diverged() ? Cell("") : Cell(limit)});
    table.AddRow(std::move(cells));
  }
}

void AddMetricsRows(const Findings& f, const std::vector<uint64_t>& seeds, Table& table) {
  for (const RatedRuns& rated : f.sweep.of_rates) {
    for (size_t s = 0; s < rated.runs.size(); ++s) {
      for (const EpochMetrics& e : rated.runs[s]) {
        table.AddRow({f.optimizer.name, rated.rate, seeds[s], e.epoch, e.train.loss, e.train.accuracy, e.test.loss,
                      e.test.accuracy});
      }
    }
  }
}

// lowest: the lowest mean loss of all optimizers.
void AddSummaryRow(const Findings& f, double margin, double lowest, Table& table) {
  const int64_t diverged = std::count_if(f.mean_losses.begin(), f.mean_losses.end(), [](double l) { return l != l; });
  std::vector<double> accuracies, own, common;
  if (!f.diverged()) {
    for (const auto& run : f.sweep.of_rates[*f.sweep.best].runs) accuracies.push_back(run.back().test.accuracy);
    for (const std::vector<double>& of_seed : f.losses) {
      own.push_back(Decades(f.rates, of_seed, Lowest(of_seed) + margin));
      common.push_back(Decades(f.rates, of_seed, lowest + margin));
    }
  }
  const auto range = RangeWithin(f.rates, f.mean_losses, Lowest(f.mean_losses) + margin);
  std::vector<Cell> cells = {f.optimizer.name, f.optimizer.typical_rate,
                             f.diverged() ? Cell("") : Cell(f.rates[*f.sweep.best])};
  AppendMean(f.diverged() ? own : f.sweep.of_rates[*f.sweep.best].LastTrainLosses(), cells);
  AppendMean(accuracies, cells);
  AppendMean(own, cells);
  AppendMean(common, cells);
  cells.insert(cells.end(), {range ? Cell(range->low) : "", range ? Cell(range->high) : "",
                             range ? Cell(OpenEnds(*range)) : "", diverged, f.losses.size()});
  table.AddRow(std::move(cells));
}

struct Tables {
  Table metrics{
      {"optimizer", "learning_rate", "seed", "epoch", "train_loss", "train_accuracy", "test_loss", "test_accuracy"}};
  Table sweep{{"optimizer", "learning_rate", "diverged", "train_loss_mean", "train_loss_std", "test_loss_mean",
               "test_loss_std", "test_accuracy_mean", "test_accuracy_std", "n", "limit"}};
  Table summary{{"optimizer", "typical_rate", "best_rate", "train_loss_mean", "train_loss_std", "test_accuracy_mean",
                 "test_accuracy_std", "decades_mean", "decades_std", "common_decades_mean", "common_decades_std",
                 "range_low", "range_high", "open", "diverged_rates", "n"}};
};

}  // namespace

void Sensitivity::AddFlags(FlagSet& flags) {
  flags.Add("optimizers", &optimizers_, "to compare, with their settings: sgd, adam, adam:beta2=0.99, ...");
  flags.Add("rates", &rates_, "how many learning rates, an odd number, the optimizer's usual one in the middle");
  flags.Add("ratio", &ratio_, "of each rate to the one before");
  flags.Add("margin", &margin_, "a rate is good whose loss is at most so many nats above the best");
  task_.AddFlags(flags);
}

void Sensitivity::UseDemoSize() {
  optimizers_ = {"sgd", "momentum", "adam", "lion"};
  rates_ = 7;
  ratio_ = 4;
  task_.train_size = 2000;
  task_.test_size = 500;
}

absl::Status Sensitivity::CheckFlags() const {
  return FirstError({WantsBetween("rates", rates_, 3, kMostRates), WantsOdd("rates", rates_),
                     WantsBetween("ratio", ratio_, 1.01, 1000), WantsPositive("margin", margin_), task_.CheckFlags()});
}

absl::StatusOr<ExperimentResult> Sensitivity::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const auto optimizers = ParseOptimizers(optimizers_);
  if (!optimizers.ok()) return optimizers.status();
  const absl::StatusOr<TrainTest> data = task_.Load(data_dir_);
  if (!data.ok()) return data.status();
  std::vector<Findings> all;
  double lowest = std::numeric_limits<double>::infinity();
  for (const NamedOptimizer& optimizer : *optimizers) {
    RateSweepOptions options{.rates = RatesAround(optimizer.typical_rate, rates_, ratio_),
                             .seeds = task_.seeds,
                             .train = task_.Training(optimizer.name)};
    options.on_rate = [&, done = static_cast<int64_t>(all.size()) * rates_](double rate) mutable {
      progress.Part(absl::StrCat(optimizer.name, ", rate ", rate), done++, rates_ * optimizers->size());
    };
    const auto make = [&](std::vector<Variable> parameters, double rate) {
      return optimizer.make(std::move(parameters), Constant(rate));
    };
    absl::StatusOr<RateSweep> sweep = SweepRates(task_.Networks(data->train), make, *data, options);
    if (!sweep.ok()) return sweep.status();
    all.push_back(Arrange(optimizer, options.rates, *std::move(sweep), task_.seeds.size()));
    lowest = std::fmin(lowest, Lowest(all.back().mean_losses));
  }
  if (std::all_of(all.begin(), all.end(), [](const Findings& f) { return f.diverged(); })) {
    return all.front().sweep.of_rates.front().divergence;
  }
  Tables tables;
  for (const Findings& f : all) {
    AddMetricsRows(f, task_.seeds, tables.metrics);
    AddSweepRows(f, margin_, tables.sweep);
    AddSummaryRow(f, margin_, lowest, tables.summary);
  }
  return ExperimentResult{
      .metrics = std::move(tables.metrics),
      .summary = std::move(tables.summary),
      .seeds = task_.seeds,
      .datasets = {{task_.dataset, Fingerprint(data->train)}, {task_.dataset + " (test)", Fingerprint(data->test)}},
      .files = {{"sweep.csv", tables.sweep.ToCsv()}}};
}

}  // namespace dl
