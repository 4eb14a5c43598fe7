#include "modules/backprop/experiments/initialisation.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/batches.h"
#include "datasets/catalog.h"
#include "modules/backprop/initialized_mlp.h"
#include "modules/backprop/start_statistics.h"
#include "modules/optimizers/optimizer.h"
#include "modules/training/flag_checks.h"
#include "modules/training/rate_sweep.h"
#include "modules/training/statistics.h"
#include "modules/training/update_ratio.h"

namespace dl {
namespace {

constexpr int64_t kProbe = 512;      // examples that LSUV and the statistics of the start look at
constexpr int64_t kFirstSteps = 10;  // whose updates are measured

// What all runs share.
struct Bench {
  TrainTest data;
  Normalization normalization = {};
  Batch probe = {};
  std::vector<int64_t> widths = {};
  Elementwise activation;
  int64_t batch_size;
  std::vector<uint64_t> seeds;

  Sequential Network(const Initialization& initialization, uint64_t seed) const {
    Random random(seed);
    return InitializedMlp(widths, activation, initialization, probe.inputs, random);
  }
};

std::unique_ptr<Optimizer> Descent(std::vector<Variable> parameters, double rate) {
  return Sgd(std::move(parameters), {.rate = Constant(rate)});
}

// What one initialiser comes to.
struct Findings {
  std::string name;
  RateSweep sweep;
  std::vector<StartStatistics> starts = {};       // one a seed
  std::vector<std::vector<double>> updates = {};  // of each weight, one a seed; none without a best rate

  const RatedRuns* best() const { return sweep.best ? &sweep.of_rates[*sweep.best] : nullptr; }
};

// The sizes of the first updates at `rate`: [layer][seed].
std::vector<std::vector<double>> FirstUpdates(const Bench& bench, const Initialization& initialization, double rate) {
  std::vector<std::vector<double>> of_layers(bench.widths.size() - 1);
  for (uint64_t seed : bench.seeds) {
    Sequential mlp = bench.Network(initialization, seed);
    const auto descent = Descent(Variables(mlp), rate);
    const auto batches = Batches::Shuffled(
        bench.data.train, {.batch_size = bench.batch_size, .drop_last = true, .normalization = bench.normalization},
        Random(seed));
    const auto ratios = UpdateRatios(mlp, *descent, batches, std::min(kFirstSteps, batches.size()));
    for (size_t l = 0; l < ratios.size(); ++l) of_layers[l].push_back(ratios[l]);
  }
  return of_layers;
}

Bench MakeBench(TrainTest data, const std::vector<int64_t>& hidden, Elementwise activation, int64_t batch_size,
                const std::vector<uint64_t>& seeds) {
  Bench bench{.data = std::move(data), .activation = activation, .batch_size = batch_size, .seeds = seeds};
  bench.normalization = ChannelNormalization(bench.data.train);
  bench.probe = Batches::InOrder(bench.data.train, {.batch_size = kProbe, .normalization = bench.normalization})[0];
  bench.widths = {NumElements(bench.data.train.example_shape)};
  bench.widths.insert(bench.widths.end(), hidden.begin(), hidden.end());
  bench.widths.push_back(bench.data.train.num_classes());
  return bench;
}

absl::StatusOr<Findings> Examine(const Bench& bench, const std::string& name, const Initialization& initialization,
                                 const RateSweepOptions& options) {
  const auto network = [&](uint64_t seed) { return bench.Network(initialization, seed); };
  absl::StatusOr<RateSweep> sweep = SweepRates(network, Descent, bench.data, options);
  if (!sweep.ok()) return sweep.status();
  Findings findings{.name = name, .sweep = *std::move(sweep)};
  for (uint64_t seed : bench.seeds) {
    Sequential mlp = network(seed);
    findings.starts.push_back(StartStatisticsOf(mlp, bench.probe.inputs, bench.probe.labels));
  }
  findings.updates.resize(bench.widths.size() - 1);
  if (findings.best()) findings.updates = FirstUpdates(bench, initialization, findings.best()->rate);
  return findings;
}

// Adds mean and standard deviation to `cells`; of no values they are no numbers.
void AddMean(const std::vector<double>& values, std::vector<Cell>& cells) {
  if (values.empty()) {
    cells.insert(cells.end(), 2, "nan");
  } else {
    cells.insert(cells.end(), {Mean(values), StandardDeviation(values)});
  }
}

struct Tables {
  Table metrics{{"initializer", "seed", "epoch", "train_loss", "train_accuracy", "test_loss", "test_accuracy"}};
  Table summary{{"initializer", "initial_loss_mean", "initial_loss_std", "chance_loss", "first_gradient_max",
                 "dead_share_mean", "dead_share_std", "learning_rate", "first_update_mean", "first_update_std",
                 "train_loss_mean", "train_loss_std", "test_accuracy_mean", "test_accuracy_std", "n"}};
  Table sweep{{"initializer", "learning_rate", "diverged", "train_loss_mean", "train_loss_std", "n"}};
  Table layers{{"initializer", "layer", "activation_std_mean", "activation_std_std", "zero_share_mean",
                "zero_share_std", "dead_share_mean", "dead_share_std", "first_update_mean", "first_update_std", "n"}};
  Table histograms{{"initializer", "layer", "log10_activation", "share", "zero_share"}};
};

// What `of_layer` says of hidden layer l, one a start.
template <typename F>
std::vector<double> OfLayer(const std::vector<StartStatistics>& starts, size_t l, F of_layer) {
  std::vector<double> values;
  for (const StartStatistics& start : starts) values.push_back(of_layer(start.layers[l]));
  return values;
}

void AddLayerRows(const Findings& f, Tables& tables) {
  using Layer = StartStatistics::HiddenLayer;
  for (size_t l = 0; l < f.starts.front().layers.size(); ++l) {
    const std::vector<double> zeros = OfLayer(f.starts, l, [](const Layer& h) { return h.histogram.zeros; });
    std::vector<Cell> cells = {f.name, l + 1};
    AddMean(OfLayer(f.starts, l, [](const Layer& h) { return h.deviation; }), cells);
    AddMean(zeros, cells);
    AddMean(OfLayer(f.starts, l, [](const Layer& h) { return h.dead; }), cells);
    AddMean(f.updates[l], cells);
    cells.push_back(f.starts.size());
    tables.layers.AddRow(std::move(cells));
    const std::vector<double>& centres = f.starts.front().layers[l].histogram.centres;
    for (size_t bin = 0; bin < centres.size(); ++bin) {
      const auto share = [bin](const Layer& h) { return h.histogram.shares[bin]; };
      tables.histograms.AddRow({f.name, l + 1, centres[bin], Mean(OfLayer(f.starts, l, share)), Mean(zeros)});
    }
  }
}

void AddTrainingRows(const Findings& f, const std::vector<uint64_t>& seeds, Tables& tables) {
  for (const RatedRuns& rated : f.sweep.of_rates) {
    std::vector<Cell> cells = {f.name, rated.rate, rated.runs.empty() ? "yes" : "no"};
    AddMean(rated.LastTrainLosses(), cells);
    cells.push_back(seeds.size());
    tables.sweep.AddRow(std::move(cells));
  }
  if (!f.best()) return;
  for (size_t s = 0; s < seeds.size(); ++s) {
    tables.metrics.AddRow({f.name, seeds[s], 0, f.starts[s].loss, "", "", ""});
    for (const EpochMetrics& e : f.best()->runs[s]) {
      tables.metrics.AddRow({f.name, seeds[s], e.epoch, e.train.loss, e.train.accuracy, e.test.loss, e.test.accuracy});
    }
  }
}

void AddSummaryRow(const Findings& f, int64_t classes, Table& summary) {
  std::vector<double> initial_losses, dead, first_updates, train_losses, accuracies;
  double first_gradient = 0;
  for (size_t s = 0; s < f.starts.size(); ++s) {
    initial_losses.push_back(f.starts[s].loss);
    first_gradient = std::max(first_gradient, f.starts[s].first_gradient);
    std::vector<double> of_layers;
    for (const auto& layer : f.starts[s].layers) of_layers.push_back(layer.dead);
    dead.push_back(Mean(of_layers));
    if (!f.best()) continue;
    of_layers.clear();
    for (const auto& of_seeds : f.updates) of_layers.push_back(of_seeds[s]);
    first_updates.push_back(Mean(of_layers));
    train_losses.push_back(f.best()->runs[s].back().train.loss);
    accuracies.push_back(f.best()->runs[s].back().test.accuracy);
  }
  std::vector<Cell> cells = {f.name};
  AddMean(initial_losses, cells);
  cells.insert(cells.end(), {std::log(static_cast<double>(classes)), first_gradient});
  AddMean(dead, cells);
  cells.push_back(f.best() ? Cell(f.best()->rate) : Cell("none"));
  AddMean(first_updates, cells);
  AddMean(train_losses, cells);
  AddMean(accuracies, cells);
  cells.push_back(f.starts.size());
  summary.AddRow(std::move(cells));
}

}  // namespace

void Initialisation::AddFlags(FlagSet& flags) {
  flags.Add("dataset", &dataset_, "what to learn: glyphs, fashion-mnist, mnist, moons, ...");
  flags.Add("train_size", &train_size_, "training examples, 0 for the data set's own number");
  flags.Add("test_size", &test_size_, "test examples, 0 for the data set's own number");
  flags.Add("hidden", &hidden_, "widths of the hidden layers");
  flags.Add("activation", &activation_, "between the layers: relu, tanh, sigmoid, ...");
  flags.Add("initializers", &initializers_,
            "of the weights: xavier, kaiming, lsuv, ..., or times a factor: kaiming:10");
  flags.Add("rates", &rates_, "learning rates, of which each initialiser gets its best");
  flags.Add("epochs", &epochs_, "passes over the training set");
  flags.Add("batch_size", &batch_size_, "examples a step");
  flags.Add("seeds", &seeds_, "one run each");
}

void Initialisation::UseDemoSize() {
  train_size_ = 1000;
  test_size_ = 500;
  rates_ = {1e-4, 1e-2, 0.1};
  epochs_ = 4;
  seeds_ = {1};
}

absl::Status Initialisation::CheckFlags() const {
  return FirstError({WantsSome("hidden", hidden_), WantsBetween("hidden", hidden_, 1, kWidest),
                     WantsSome("initializers", initializers_), WantsSome("rates", rates_),
                     WantsAtLeast("rates", rates_, 0), WantsSeeds(seeds_)});
}

absl::StatusOr<ExperimentResult> Initialisation::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<Elementwise> activation = ParseElementwise(activation_);
  if (!activation.ok()) return activation.status();
  std::vector<Initialization> initializations;
  for (const std::string& name : initializers_) {
    absl::StatusOr<Initialization> initialization = ParseInitialization(name);
    if (!initialization.ok()) return initialization.status();
    initializations.push_back(*std::move(initialization));
  }
  absl::StatusOr<TrainTest> data =
      LoadDataset(dataset_, {.folder = data_dir_, .train_size = train_size_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  const Bench bench = MakeBench(*std::move(data), hidden_, *activation, batch_size_, seeds_);
  Tables tables;
  for (size_t i = 0; i < initializers_.size(); ++i) {
    RateSweepOptions options{.rates = rates_, .seeds = seeds_, .train = {.epochs = epochs_, .batch_size = batch_size_}};
    options.on_rate = [&, done = i * rates_.size()](double rate) mutable {
      progress.Part(absl::StrCat(initializers_[i], ", rate ", rate), done++, initializers_.size() * rates_.size());
    };
    const absl::StatusOr<Findings> findings = Examine(bench, initializers_[i], initializations[i], options);
    if (!findings.ok()) return findings.status();
    AddLayerRows(*findings, tables);
    AddTrainingRows(*findings, seeds_, tables);
    AddSummaryRow(*findings, bench.widths.back(), tables.summary);
  }
  if (tables.metrics.rows().empty()) {
    return absl::AbortedError("every initializer diverges with every one of --rates; add a smaller one");
  }
  return ExperimentResult{
      .metrics = std::move(tables.metrics),
      .summary = std::move(tables.summary),
      .seeds = seeds_,
      .datasets = {{dataset_, Fingerprint(bench.data.train)}, {dataset_ + " (test)", Fingerprint(bench.data.test)}},
      .files = {{"sweep.csv", tables.sweep.ToCsv()},
                {"layers.csv", tables.layers.ToCsv()},
                {"histograms.csv", tables.histograms.ToCsv()}}};
}

}  // namespace dl
