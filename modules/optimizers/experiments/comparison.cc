#include "modules/optimizers/experiments/comparison.h"

#include <algorithm>
#include <ostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/backprop/mlp.h"
#include "modules/cnn/lenet.h"
#include "modules/training/flag_checks.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kMostRates = 99;

// "mlp" or "lenet", for examples like those of `data`.
absl::StatusOr<MakeModel> ModelFor(const std::string& model, const Dataset& data) {
  const int64_t inputs = NumElements(data.example_shape), classes = data.num_classes();
  if (model == "mlp") {
    return MakeModel([=](uint64_t seed) {
      Random random(seed);
      return Mlp({inputs, 128, 64, classes}, Elementwise::kReLU, random);
    });
  }
  if (data.example_shape != Shape{1, 28, 28}) {
    return absl::InvalidArgumentError(absl::StrCat("--model=lenet wants pictures [1, 28, 28], and those of ", data.name,
                                                   " are ", ToString(data.example_shape),
                                                   ": take --dataset=glyphs, mnist or fashion-mnist"));
  }
  return MakeModel([=](uint64_t seed) {
    Random random(seed);
    return LeNet5(random, {.classes = classes});
  });
}

// The first epoch after which the test accuracy is `target`; 0 where there is none.
int64_t EpochsTo(double target, const std::vector<EpochMetrics>& epochs) {
  for (const EpochMetrics& e : epochs) {
    if (e.test.accuracy >= target) return e.epoch;
  }
  return 0;
}

}  // namespace

void Comparison::AddFlags(FlagSet& flags) {
  flags.Add("dataset", &dataset_, "what to learn: glyphs, fashion-mnist, mnist, moons, ...");
  flags.Add("model", &model_, "mlp (two hidden layers, 128 and 64) or lenet");
  flags.Add("optimizers", &optimizers_, "sgd, adam, muon, adam:beta2=0.99, ...");
  flags.Add("schedules", &schedules_, "of the learning rate: constant, cosine, one_cycle, ...");
  flags.Add("learning_rates", &learning_rates_, "that each optimizer tries; none: some around its usual one");
  flags.Add("rates", &rates_, "how many around the usual one, an odd number");
  flags.Add("ratio", &ratio_, "of neighbouring rates");
  flags.Add("epochs", &epochs_, "passes over the training set, of every run");
  flags.Add("target", &target_, "the test accuracy that ends the race, between 0 and 1");
  flags.Add("train_size", &train_size_, "training examples, 0 for the data set's own number");
  flags.Add("test_size", &test_size_, "test examples, 0 for the data set's own number");
  flags.Add("batch_size", &batch_size_, "examples a step");
  flags.Add("seeds", &seeds_, "one run each, at each rate");
}

void Comparison::UseDemoSize() {
  optimizers_ = {"sgd", "momentum", "adam", "muon"};
  rates_ = 3;
  train_size_ = 2000;
  test_size_ = 500;
  epochs_ = 4;
  batch_size_ = 32;
  target_ = 0.85;
  seeds_ = {1, 2};
}

absl::Status Comparison::CheckFlags() const {
  absl::Status others;  // what has no check of its own
  for (const std::string& schedule : schedules_) others.Update(ParseSchedule(schedule, 1, 1).status());
  return FirstError(
      {WantsKnown("model", {model_}, {"mlp", "lenet"}), WantsSome("schedules", schedules_),
       WantsPositive("learning_rates", learning_rates_), WantsBetween("rates", rates_, 1, kMostRates),
       WantsOdd("rates", rates_), others, WantsBetween("ratio", ratio_, 1, 1000), WantsAtLeast("epochs", epochs_, 1),
       WantsPositive("target", target_), WantsFraction("target", target_), WantsAtLeast("train_size", train_size_, 0),
       WantsAtLeast("test_size", test_size_, 0), WantsAtLeast("batch_size", batch_size_, 1), WantsSeeds(seeds_)});
}

absl::StatusOr<std::vector<Comparison::Method>> Comparison::Methods() const {
  const absl::StatusOr<std::vector<NamedOptimizer>> optimizers = ParseOptimizers(optimizers_);
  if (!optimizers.ok()) return optimizers.status();
  std::vector<Method> methods;
  for (const NamedOptimizer& optimizer : *optimizers) {
    for (const std::string& schedule : schedules_) methods.push_back({optimizer, schedule});
  }
  return methods;
}

MakeRatedOptimizer Comparison::Rated(const Method& method, const TrainTest& data) const {
  const int64_t steps = epochs_ * (data.train.size() / batch_size_);
  return [method, steps](std::vector<Variable> parameters, double rate) {
    return method.optimizer.make(std::move(parameters), *ParseSchedule(method.schedule, rate, steps));
  };
}

absl::StatusOr<Comparison::Outcome> Comparison::Search(const Method& method, const Task& task,
                                                       const std::function<void(double)>& on_rate, Table& sweep) const {
  RateSweepOptions options = {.rates = learning_rates_,
                              .seeds = seeds_,
                              .train = {.epochs = epochs_, .batch_size = batch_size_},
                              .on_rate = on_rate};
  if (options.rates.empty()) options.rates = RatesAround(method.optimizer.typical_rate, rates_, ratio_);
  const MakeRatedOptimizer optimizer = Rated(method, task.data);
  const absl::StatusOr<RateSweep> found = SweepRates(task.model, optimizer, task.data, options);
  if (!found.ok()) return found.status();
  for (size_t i = 0; i < found->of_rates.size(); ++i) {
    const RatedRuns& rated = found->of_rates[i];
    const std::vector<double> losses = rated.LastTrainLosses();
    sweep.AddRow({dataset_, model_, method.optimizer.name, method.schedule, rated.rate, losses.size(),
                  losses.empty() ? Cell("") : Cell(Mean(losses)),
                  losses.empty() ? Cell("") : Cell(StandardDeviation(losses)), found->best == i ? "yes" : "no"});
  }
  if (found->best) return Outcome{found->of_rates[*found->best], 0};
  const double smallest = *std::min_element(options.rates.begin(), options.rates.end());
  const absl::StatusOr<int64_t> step = DivergedAt(smallest, optimizer, task);
  if (!step.ok()) return step.status();
  return Outcome{{smallest, {}}, *step};
}

absl::StatusOr<int64_t> Comparison::DivergedAt(double rate, const MakeRatedOptimizer& make_optimizer,
                                               const Task& task) const {
  std::ostream nowhere(nullptr);
  Progress quiet(nowhere, {});
  for (uint64_t seed : seeds_) {
    Sequential model = task.model(seed);
    const auto optimizer = make_optimizer(Variables(model), rate);
    const absl::Status status = TrainClassifier(model, *optimizer, task.data,
                                                {.epochs = epochs_, .batch_size = batch_size_, .seed = seed}, quiet)
                                    .status();
    if (absl::IsAborted(status)) return optimizer->step() + 1;  // the step that was not made
    if (!status.ok()) return status;
  }
  return 0;
}

void Comparison::Report(const Method& method, const Outcome& outcome, Tables& tables) const {
  const std::vector<Cell> what = {dataset_, model_, method.optimizer.name, method.schedule};
  const auto row = [&](Table& table, std::initializer_list<Cell> cells) {
    std::vector<Cell> all = what;
    all.insert(all.end(), cells);
    table.AddRow(std::move(all));
  };
  if (outcome.diverged_at > 0) {
    row(tables.summary, {outcome.best.rate, 0, "", "", "", "", "", "", 0, outcome.diverged_at});
    return;
  }
  std::vector<double> losses, accuracies, epochs_to_target;
  for (size_t i = 0; i < seeds_.size(); ++i) {
    const std::vector<EpochMetrics>& run = outcome.best.runs[i];
    for (const EpochMetrics& e : run) {
      row(tables.metrics, {seeds_[i], e.epoch, e.train.loss, e.train.accuracy, e.test.loss, e.test.accuracy});
    }
    losses.push_back(run.back().train.loss);
    accuracies.push_back(run.back().test.accuracy);
    if (const int64_t epoch = EpochsTo(target_, run)) epochs_to_target.push_back(static_cast<double>(epoch));
  }
  const bool all_reached = epochs_to_target.size() == seeds_.size();
  row(tables.summary,
      {outcome.best.rate, seeds_.size(), Mean(losses), StandardDeviation(losses), Mean(accuracies),
       StandardDeviation(accuracies), all_reached ? Cell(Mean(epochs_to_target)) : Cell(""),
       all_reached ? Cell(StandardDeviation(epochs_to_target)) : Cell(""), epochs_to_target.size(), ""});
}

absl::StatusOr<ExperimentResult> Comparison::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<std::vector<Method>> methods = Methods();
  if (!methods.ok()) return methods.status();
  absl::StatusOr<TrainTest> data =
      LoadDataset(dataset_, {.folder = data_dir_, .train_size = train_size_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  const absl::StatusOr<MakeModel> model = ModelFor(model_, data->train);
  if (!model.ok()) return model.status();
  const Task task = {*model, *std::move(data)};
  Tables tables = {Table({"dataset", "model", "optimizer", "schedule", "seed", "epoch", "train_loss", "train_accuracy",
                          "test_loss", "test_accuracy"}),
                   Table({"dataset", "model", "optimizer", "schedule", "learning_rate", "n", "train_loss_mean",
                          "train_loss_std", "chosen"}),
                   Table({"dataset", "model", "optimizer", "schedule", "learning_rate", "n", "train_loss_mean",
                          "train_loss_std", "test_accuracy_mean", "test_accuracy_std", "epochs_to_target_mean",
                          "epochs_to_target_std", "reached", "diverged_at"})};
  const size_t rates = learning_rates_.empty() ? static_cast<size_t>(rates_) : learning_rates_.size();
  const int64_t parts = static_cast<int64_t>(methods->size() * rates);
  int64_t done = 0;
  std::string first_divergence;
  for (const Method& method : *methods) {
    const std::string name = absl::StrCat(method.optimizer.name, ", ", method.schedule, ", rate ");
    const absl::StatusOr<Outcome> outcome = Search(
        method, task, [&](double rate) { progress.Part(absl::StrCat(name, rate), done++, parts); }, tables.sweep);
    if (!outcome.ok()) return outcome.status();
    if (outcome->diverged_at > 0 && first_divergence.empty()) {
      first_divergence = absl::StrCat(name, outcome->best.rate, ", at step ", outcome->diverged_at);
    }
    Report(method, *outcome, tables);
  }
  if (tables.metrics.rows().empty()) {
    return absl::AbortedError(
        absl::StrCat("every run diverged, first that of ", first_divergence, "; try smaller --learning_rates"));
  }
  return ExperimentResult{
      .metrics = std::move(tables.metrics),
      .summary = std::move(tables.summary),
      .seeds = seeds_,
      .datasets = {{dataset_, Fingerprint(task.data.train)}, {dataset_ + " (test)", Fingerprint(task.data.test)}},
      .files = {{"sweep.csv", tables.sweep.ToCsv()}}};
}

}  // namespace dl
