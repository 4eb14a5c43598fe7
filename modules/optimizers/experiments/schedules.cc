#include "modules/optimizers/experiments/schedules.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/optimizers/plateau.h"
#include "modules/optimizers/schedule.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mean_cells.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kMostRates = 99;
constexpr double kPeakFactor = 4;  // schedules that fall bear peaks above the usual rate
constexpr int64_t kDrawnPoints = 240;
constexpr char kPlateau[] = "plateau";

// Three tenths of the rate after each epoch that takes less than three tenths off the lowest training loss so far:
// within a handful of epochs there is no time for the patience of long trainings.
PlateauOptions PlateauAt(double rate) { return {.rate = rate, .factor = 0.3, .patience = 0, .threshold = 0.3}; }

std::vector<std::string> KnownSchedules() {
  std::vector<std::string> names = ScheduleNames();
  names.push_back(kPlateau);
  return names;
}

double TrainLoss(const EpochMetrics& e) { return e.train.loss; }
double TestLoss(const EpochMetrics& e) { return e.test.loss; }
double TestAccuracy(const EpochMetrics& e) { return e.test.accuracy; }

// How much lower than `before` the losses are, seed by seed; none where one of the two did not end.
std::vector<double> Gains(const std::vector<double>& before, const std::vector<double>& losses) {
  std::vector<double> gains;
  for (size_t s = 0; s < std::min(before.size(), losses.size()); ++s) gains.push_back(before[s] - losses[s]);
  return gains;
}

bool IsClear(const std::vector<double>& gains) {
  return gains.size() > 1 && std::abs(Mean(gains)) > 2 * StandardDeviation(gains);
}

}  // namespace

// What one optimizer along one schedule comes to.
struct Schedules::Findings {
  std::string optimizer, schedule;
  RateSweep sweep;

  const RatedRuns* best() const { return sweep.best ? &sweep.of_rates[*sweep.best] : nullptr; }

  // Of the last epochs of the best runs, one a seed.
  std::vector<double> Ends(double (*of_epoch)(const EpochMetrics&)) const {
    std::vector<double> values;
    if (best() == nullptr) return values;
    for (const auto& run : best()->runs) values.push_back(of_epoch(run.back()));
    return values;
  }
};

struct Schedules::Tables {
  Table metrics{
      {"optimizer", "schedule", "seed", "epoch", "rate", "train_loss", "train_accuracy", "test_loss", "test_accuracy"}};
  Table sweep{{"optimizer", "schedule", "peak", "diverged", "train_loss_mean", "train_loss_std", "n", "best"}};
  Table summary{{"optimizer", "schedule", "peak", "train_loss_mean", "train_loss_std", "test_loss_mean",
                 "test_loss_std", "test_accuracy_mean", "test_accuracy_std", "train_gain_mean", "train_gain_std",
                 "test_gain_mean", "test_gain_std", "clear", "n"}};
  Table drawn{{"schedule", "curve", "progress", "rate"}};
};

void Schedules::AddFlags(FlagSet& flags) {
  flags.Add("optimizers", &optimizers_, "to train with, with their settings: momentum, adam, adam:beta2=0.99, ...");
  flags.Add("schedules", &schedules_, "to compare, each with the first: constant, cosine, warmup_cosine, plateau, ...");
  flags.Add("rates", &rates_,
            "how many peak rates, an odd number, four times the optimizer's usual rate in the middle");
  flags.Add("ratio", &ratio_, "of each peak rate to the one before");
  task_.AddFlags(flags);
}

void Schedules::UseDemoSize() {
  schedules_ = {"constant", "step", "cosine", "one_cycle", "plateau"};
  rates_ = 3;
  ratio_ = 3;
  task_.train_size = 4000;
  task_.test_size = 500;
  task_.seeds = {1, 2, 3};
}

absl::Status Schedules::CheckFlags() const {
  return FirstError({WantsSome("schedules", schedules_), WantsKnown("schedule", schedules_, KnownSchedules()),
                     WantsBetween("rates", rates_, 1, kMostRates), WantsOdd("rates", rates_),
                     WantsBetween("ratio", ratio_, 1.01, 1000), task_.CheckFlags()});
}

absl::StatusOr<Schedules::Findings> Schedules::Examine(const NamedOptimizer& optimizer, const std::string& schedule,
                                                       const TrainTest& data, int64_t done, Progress& progress) const {
  const std::string name = absl::StrCat(optimizer.name, ", ", schedule);
  const int64_t all = static_cast<int64_t>(optimizers_.size() * schedules_.size()) * rates_;
  RateSweepOptions options{.rates = RatesAround(kPeakFactor * optimizer.typical_rate, rates_, ratio_),
                           .seeds = task_.seeds,
                           .train = task_.Training(name)};
  options.on_rate = [&](double rate) { progress.Part(absl::StrCat(name, ", peak ", rate), done++, all); };
  std::optional<ReduceOnPlateau> plateau;  // of the run at hand
  if (schedule == kPlateau) {
    options.train.after_epoch = [&](const EpochMetrics& epoch) { plateau->Observe(epoch.train.loss); };
  }
  const auto make = [&](std::vector<Variable> parameters, double peak) {
    if (schedule != kPlateau) {
      return optimizer.make(std::move(parameters), *ParseSchedule(schedule, peak, task_.Steps()));
    }
    return optimizer.make(std::move(parameters), plateau.emplace(PlateauAt(peak)).schedule());
  };
  absl::StatusOr<RateSweep> sweep = SweepRates(task_.Networks(data.train), make, data, options);
  if (!sweep.ok()) return sweep.status();
  return Findings{optimizer.name, schedule, *std::move(sweep)};
}

// At the last step of each epoch of the best run from that seed.
std::vector<double> Schedules::RatesTaken(const Findings& f, size_t seed) const {
  const std::vector<EpochMetrics>& epochs = f.best()->runs[seed];
  std::vector<double> rates;
  if (f.schedule == kPlateau) {  // as it went: the same losses give the same rates
    ReduceOnPlateau plateau(PlateauAt(f.best()->rate));
    for (const EpochMetrics& e : epochs) {
      rates.push_back(plateau.rate());
      plateau.Observe(e.train.loss);
    }
    return rates;
  }
  const Schedule schedule = *ParseSchedule(f.schedule, f.best()->rate, task_.Steps());
  for (const EpochMetrics& e : epochs) rates.push_back(schedule(e.epoch * (task_.Steps() / task_.epochs) - 1));
  return rates;
}

void Schedules::AddRows(const Findings& f, const Findings& yardstick, Tables& tables) const {
  for (const RatedRuns& rated : f.sweep.of_rates) {
    std::vector<Cell> cells = {f.optimizer, f.schedule, rated.rate, rated.runs.empty() ? "yes" : "no"};
    AppendMean(rated.LastTrainLosses(), cells);
    cells.insert(cells.end(), {task_.seeds.size(), &rated == f.best() ? "yes" : "no"});
    tables.sweep.AddRow(std::move(cells));
  }
  for (size_t s = 0; f.best() != nullptr && s < task_.seeds.size(); ++s) {
    const std::vector<double> rates = RatesTaken(f, s);
    for (const EpochMetrics& e : f.best()->runs[s]) {
      tables.metrics.AddRow({f.optimizer, f.schedule, task_.seeds[s], e.epoch, rates[e.epoch - 1], e.train.loss,
                             e.train.accuracy, e.test.loss, e.test.accuracy});
    }
  }
  std::vector<Cell> cells = {f.optimizer, f.schedule, f.best() ? Cell(f.best()->rate) : ""};
  for (const auto end : {TrainLoss, TestLoss, TestAccuracy}) AppendMean(f.Ends(end), cells);
  if (&f == &yardstick) {
    cells.insert(cells.end(), 5, "");
  } else {
    const std::vector<double> train = Gains(yardstick.Ends(TrainLoss), f.Ends(TrainLoss));
    const std::vector<double> test = Gains(yardstick.Ends(TestLoss), f.Ends(TestLoss));
    AppendMean(train, cells);
    AppendMean(test, cells);
    cells.push_back(IsClear(train) ? (IsClear(test) ? "both" : "train") : IsClear(test) ? "test" : "neither");
  }
  cells.push_back(task_.seeds.size());
  tables.summary.AddRow(std::move(cells));
}

void Schedules::AddDrawing(const std::string& schedule, const std::vector<Findings>& all, Table& drawn) const {
  if (schedule != kPlateau) {
    const int64_t steps = task_.Steps();
    const Schedule rate = *ParseSchedule(schedule, 1, steps);
    const int64_t points = std::min(steps, kDrawnPoints);
    for (int64_t i = 0; i < points; ++i) {
      const int64_t step = i * steps / points;
      drawn.AddRow({schedule, "rule", static_cast<double>(step) / static_cast<double>(steps), rate(step)});
    }
    return;
  }
  for (const Findings& f : all) {
    if (f.schedule != kPlateau || f.best() == nullptr) continue;
    const std::vector<double> rates = RatesTaken(f, 0);
    for (size_t e = 0; e < rates.size(); ++e) {
      for (size_t end : {e, e + 1}) {
        drawn.AddRow({schedule, f.optimizer, static_cast<double>(end) / static_cast<double>(rates.size()),
                      rates[e] / f.best()->rate});
      }
    }
  }
}

absl::StatusOr<ExperimentResult> Schedules::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const auto optimizers = ParseOptimizers(optimizers_);
  if (!optimizers.ok()) return optimizers.status();
  const absl::StatusOr<TrainTest> data = task_.Load(data_dir_);
  if (!data.ok()) return data.status();
  std::vector<Findings> all;
  for (const NamedOptimizer& optimizer : *optimizers) {
    for (const std::string& schedule : schedules_) {
      auto findings = Examine(optimizer, schedule, *data, static_cast<int64_t>(all.size()) * rates_, progress);
      if (!findings.ok()) return findings.status();
      all.push_back(*std::move(findings));
    }
  }
  if (std::all_of(all.begin(), all.end(), [](const Findings& f) { return f.best() == nullptr; })) {
    return all.front().sweep.of_rates.front().divergence;
  }
  Tables tables;
  for (size_t i = 0; i < all.size(); ++i) AddRows(all[i], all[i - i % schedules_.size()], tables);
  for (const std::string& schedule : schedules_) AddDrawing(schedule, all, tables.drawn);
  return ExperimentResult{
      .metrics = std::move(tables.metrics),
      .summary = std::move(tables.summary),
      .seeds = task_.seeds,
      .datasets = {{task_.dataset, Fingerprint(data->train)}, {task_.dataset + " (test)", Fingerprint(data->test)}},
      .files = {{"sweep.csv", tables.sweep.ToCsv()}, {"drawn.csv", tables.drawn.ToCsv()}}};
}

}  // namespace dl
