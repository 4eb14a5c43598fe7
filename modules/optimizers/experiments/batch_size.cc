#include "modules/optimizers/experiments/batch_size.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/backprop/mlp.h"
#include "modules/optimizers/experiments/noise_tables.h"
#include "modules/optimizers/optimizer.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mean_cells.h"
#include "modules/training/milestones.h"
#include "modules/training/rate_sweep.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kMostNoiseExamples = 65536;  // Ctrl-C is heard only after a size has had all of its own

std::unique_ptr<Optimizer> Descent(std::vector<Variable> parameters, double rate) {
  return Sgd(std::move(parameters), {.rate = Constant(rate)});
}

// What all runs share.
struct Bench {
  TrainTest data;
  std::vector<uint64_t> seeds;
  std::vector<int64_t> widths = {};

  Sequential Network(uint64_t seed) const {
    Random random(seed);
    return Mlp(widths, Elementwise::kReLU, random);
  }
};

Bench MakeBench(TrainTest data, const std::vector<int64_t>& hidden, const std::vector<uint64_t>& seeds) {
  Bench bench = {std::move(data), seeds};
  bench.widths = {NumElements(bench.data.train.example_shape)};
  bench.widths.insert(bench.widths.end(), hidden.begin(), hidden.end());
  bench.widths.push_back(bench.data.train.num_classes());
  return bench;
}

// One batch size at its best rate.
struct Contest {
  std::string label;  // the batch size, or "all"
  int64_t batch_size;
  double rate;
  double loss;                         // at the end of the sweep's runs
  int64_t steps_in_epochs;             // of each of those
  std::vector<MeasuredRun> runs = {};  // one a seed
};

struct Tables {
  Table metrics{{"batch_size", "seed", "step", "samples", "train_loss", "test_loss", "test_accuracy"}};
  Table summary{{"batch_size", "learning_rate", "rate_per_example", "steps_in_epochs", "train_loss_after_epochs_mean",
                 "train_loss_after_epochs_std", "test_accuracy_after_epochs_mean", "test_accuracy_after_epochs_std",
                 "steps", "train_loss_after_steps_mean", "train_loss_after_steps_std", "test_accuracy_after_steps_mean",
                 "test_accuracy_after_steps_std", "diverged_at", "n"}};
  Table sweep{{"batch_size", "learning_rate", "train_loss_mean", "train_loss_std", "diverged", "chosen", "n"}};
  NoiseTables noise;
};

void AddSweepRows(const std::string& label, const RateSweep& found, size_t seeds, Table& sweep) {
  for (size_t i = 0; i < found.of_rates.size(); ++i) {
    const RatedRuns& rated = found.of_rates[i];
    std::vector<Cell> cells = {label, rated.rate};
    AppendMean(rated.LastTrainLosses(), cells);
    cells.insert(cells.end(), {rated.runs.empty() ? "yes" : "no", found.best == i ? "yes" : "no", seeds});
    sweep.AddRow(std::move(cells));
  }
}

// Mean loss and accuracy at one step; empty cells where one of the runs did not come so far.
void AddMilestoneCells(const std::vector<MeasuredRun>& runs, int64_t step, std::vector<Cell>& cells) {
  std::vector<double> losses, accuracies;
  for (const MeasuredRun& run : runs) {
    const Milestone* milestone = run.At(step);
    if (!milestone) {
      losses.clear(), accuracies.clear();
      break;
    }
    losses.push_back(milestone->train.loss);
    accuracies.push_back(milestone->test.accuracy);
  }
  AppendMean(losses, cells);
  AppendMean(accuracies, cells);
}

void AddContest(const Contest& contest, const std::vector<uint64_t>& seeds, int64_t steps, Tables& tables) {
  std::optional<int64_t> diverged_at;
  for (size_t s = 0; s < seeds.size(); ++s) {
    const MeasuredRun& run = contest.runs[s];
    for (const Milestone& m : run.milestones) {
      tables.metrics.AddRow(
          {contest.label, seeds[s], m.step, m.step * contest.batch_size, m.train.loss, m.test.loss, m.test.accuracy});
    }
    if (run.diverged_at) diverged_at = std::min(*run.diverged_at, diverged_at.value_or(*run.diverged_at));
  }
  std::vector<Cell> cells = {contest.label, contest.rate, contest.rate / static_cast<double>(contest.batch_size),
                             contest.steps_in_epochs};
  AddMilestoneCells(contest.runs, contest.steps_in_epochs, cells);
  cells.push_back(steps);
  AddMilestoneCells(contest.runs, steps, cells);
  cells.insert(cells.end(), {diverged_at ? Cell(*diverged_at) : Cell(""), seeds.size()});
  tables.summary.AddRow(std::move(cells));
}

struct ContestOptions {
  int64_t batch_size;  // 0 for all examples
  std::vector<double> rates;
  int64_t epochs, steps;
};

// Finds the best rate for one batch size and trains with it; Aborted where every rate diverged.
absl::StatusOr<Contest> Compete(const Bench& bench, const ContestOptions& options,
                                const std::function<void(const std::string& part)>& show, Tables& tables) {
  const int64_t batch_size = options.batch_size == 0 ? bench.data.train.size() : options.batch_size;
  const std::string label = options.batch_size == 0 ? "all" : absl::StrCat(batch_size);
  const std::string name = "batches of " + label;
  const RateSweepOptions sweeping = {
      .rates = options.rates,
      .seeds = bench.seeds,
      .train = {.name = "sgd, " + name, .epochs = options.epochs, .batch_size = batch_size},
      .on_rate = [&](double rate) { show(absl::StrCat(name, ", rate ", rate)); }};
  const auto sweep = SweepRates([&](uint64_t seed) { return bench.Network(seed); }, Descent, bench.data, sweeping);
  if (!sweep.ok()) return sweep.status();
  AddSweepRows(label, *sweep, bench.seeds.size(), tables.sweep);
  show(absl::StrCat(name, ", best rate"));
  if (!sweep->best) {
    std::vector<Cell> cells(tables.summary.columns().size(), "");
    cells.front() = label;
    cells[1] = "none";
    cells.back() = bench.seeds.size();
    tables.summary.AddRow(std::move(cells));
    return sweep->of_rates.front().divergence;
  }
  const RatedRuns& rated = sweep->of_rates[*sweep->best];
  Contest contest = {.label = label,
                     .batch_size = batch_size,
                     .rate = rated.rate,
                     .loss = Mean(rated.LastTrainLosses()),
                     .steps_in_epochs = options.epochs * (bench.data.train.size() / batch_size)};
  const std::vector<int64_t> steps = GrowingSteps({contest.steps_in_epochs, options.steps});
  for (uint64_t seed : bench.seeds) {
    Sequential model = bench.Network(seed);
    const auto descent = Descent(Variables(model), contest.rate);
    auto run = TrainToMilestones(model, *descent, bench.data, steps, batch_size, seed);
    if (!run.ok()) return run.status();
    contest.runs.push_back(*std::move(run));
  }
  AddContest(contest, bench.seeds, options.steps, tables);
  return contest;
}

// At the start, and where the contest's sweep ended.
absl::Status MeasureNoise(const Bench& bench, const Contest& contest, int64_t epochs, const NoiseOptions& options,
                          NoiseTables& tables) {
  std::vector<Sequential> models;
  for (uint64_t seed : bench.seeds) models.push_back(bench.Network(seed));
  absl::Status status = AddNoise("start", absl::MakeSpan(models), bench.data.train, options, tables);
  if (!status.ok()) return status;
  std::ostream nowhere(nullptr);
  Progress quiet(nowhere, {});
  for (size_t s = 0; s < models.size(); ++s) {
    const auto descent = Descent(Variables(models[s]), contest.rate);
    const TrainOptions train = {.epochs = epochs, .batch_size = contest.batch_size, .seed = bench.seeds[s]};
    const auto metrics = TrainClassifier(models[s], *descent, bench.data, train, quiet);
    if (!metrics.ok()) return metrics.status();
  }
  return AddNoise("trained", absl::MakeSpan(models), bench.data.train, options, tables);
}

}  // namespace

void BatchSize::AddFlags(FlagSet& flags) {
  flags.Add("batch_sizes", &batch_sizes_, "examples a step; 0 for all there are");
  flags.Add("rates", &rates_, "learning rates, of which each batch size gets its best");
  flags.Add("train_size", &train_size_, "glyphs to learn from");
  flags.Add("test_size", &test_size_, "glyphs to test on");
  flags.Add("hidden", &hidden_, "widths of the hidden layers");
  flags.Add("epochs", &epochs_, "passes over the training set that the rate is chosen by");
  flags.Add("steps", &steps_, "after which all are compared, too");
  flags.Add("noise_batch_sizes", &noise_batch_sizes_, "of the batches whose gradients' noise is measured");
  flags.Add("noise_examples", &noise_examples_, "drawn for each of these sizes, in as many batches as they fill");
  flags.Add("seeds", &seeds_, "one run each");
}

void BatchSize::UseDemoSize() {
  rates_ = {0.0025, 0.01, 0.04, 0.16, 0.64};
  train_size_ = 1024;
  test_size_ = 500;
  epochs_ = 4;
  steps_ = 64;
  noise_batch_sizes_ = {1, 4, 16, 64, 256};
  noise_examples_ = 1024;
  seeds_ = {1, 2, 3};
}

absl::Status BatchSize::CheckFlags() const {
  const std::set<int64_t> noise_sizes(noise_batch_sizes_.begin(), noise_batch_sizes_.end());
  return FirstError({WantsAtLeast("train_size", train_size_, 1), WantsAtLeast("test_size", test_size_, 1),
                     WantsSome("batch_sizes", batch_sizes_),
                     WantsBetween("batch_sizes", batch_sizes_, 0, train_size_, "train_size"),
                     WantsSome("rates", rates_), WantsPositive("rates", rates_),
                     WantsBetween("hidden", hidden_, 1, kWidest), WantsAtLeast("epochs", epochs_, 1),
                     WantsAtLeast("steps", steps_, 1),
                     WantsBetween("noise_batch_sizes", noise_batch_sizes_, 1, kMostNoiseExamples),
                     noise_sizes.size() >= 2
                         ? absl::OkStatus()
                         : absl::InvalidArgumentError("flag --noise_batch_sizes wants two different sizes at least"),
                     WantsBetween("noise_examples", noise_examples_, 1, kMostNoiseExamples), WantsSeeds(seeds_)});
}

absl::StatusOr<ExperimentResult> BatchSize::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  absl::StatusOr<TrainTest> data = LoadDataset("glyphs", {.train_size = train_size_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  const Bench bench = MakeBench(*std::move(data), hidden_, seeds_);
  const int64_t parts = static_cast<int64_t>(batch_sizes_.size() * (rates_.size() + 1) + 1);
  int64_t done = 0;
  const auto show = [&](const std::string& part) { progress.Part(part, done++, parts); };
  Tables tables;
  std::optional<Contest> best;
  absl::Status divergence;
  for (int64_t batch_size : batch_sizes_) {
    absl::StatusOr<Contest> contest = Compete(bench, {batch_size, rates_, epochs_, steps_}, show, tables);
    if (absl::IsAborted(contest.status())) {
      divergence.Update(contest.status());
    } else if (!contest.ok()) {
      return contest.status();
    } else if (!best || contest->loss < best->loss) {
      best = *std::move(contest);
    }
  }
  if (!best) return divergence;
  show("gradient noise");
  const NoiseOptions noise = {.batch_sizes = noise_batch_sizes_, .examples = noise_examples_, .seeds = seeds_};
  if (absl::Status status = MeasureNoise(bench, *best, epochs_, noise, tables.noise); !status.ok()) return status;
  return ExperimentResult{
      .metrics = std::move(tables.metrics),
      .summary = std::move(tables.summary),
      .seeds = seeds_,
      .datasets = {{"glyphs", Fingerprint(bench.data.train)}, {"glyphs (test)", Fingerprint(bench.data.test)}},
      .files = {{"sweep.csv", tables.sweep.ToCsv()},
                {"noise.csv", tables.noise.noise.ToCsv()},
                {"noise_summary.csv", tables.noise.summary.ToCsv()}}};
}

}  // namespace dl
