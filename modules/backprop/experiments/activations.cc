#include "modules/backprop/experiments/activations.h"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/ops.h"
#include "modules/training/flag_checks.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int kPoints = 201;  // of a curve on [-5, 5], 0.05 apart
constexpr float kFar = 30;    // so far out the slope of a function that saturates is gone
constexpr double kGone = 1e-6;

// y = f(x) and dy/dx at the given points.
struct Curve {
  Tensor x, y, slope;
};

Curve CurveOf(Elementwise f, const Tensor& x) {
  const Variable input = x;
  const Variable y = Apply(f, input);
  return {x, y.value(), Gradients(Sum(y), {input})[0]};
}

Tensor Grid() {
  Tensor x({kPoints});
  for (int i = 0; i < kPoints; ++i) x.mutable_data()[i] = static_cast<float>(i - kPoints / 2) / 20.0f;
  return x;
}

const char* Saturates(Elementwise f) {
  const Tensor slope = CurveOf(f, Tensor::Of({2}, {-kFar, kFar})).slope;
  const bool left = std::abs(slope.data()[0]) < kGone, right = std::abs(slope.data()[1]) < kGone;
  return left && right ? "both sides" : left ? "left" : right ? "right" : "nowhere";
}

// Variance 2/fan-in for those that are near 0 to the left and near x to the right, Xavier's for the two S-shaped ones.
Initializer InitializerFor(Elementwise f) {
  return f == Elementwise::kTanh || f == Elementwise::kSigmoid ? XavierNormal : KaimingNormal;
}

const std::vector<std::string>& ActivationNames() {
  static const auto* names =
      new std::vector<std::string>{"relu", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid"};
  return *names;
}

}  // namespace

void Activations::AddFlags(FlagSet& flags) {
  flags.Add("activations", &activations_, "relu, leaky_relu, elu, gelu, silu, tanh, sigmoid");
  flags.Add("learning_rates", &learning_rates_, "of plain gradient descent; each activation tries all");
  flags.Add("hidden", &hidden_, "widths of the hidden layers");
  flags.Add("train_size", &train_size_, "glyphs to learn from");
  flags.Add("validation_size", &validation_size_, "glyphs to choose the learning rate by");
  flags.Add("test_size", &test_size_, "glyphs to test the chosen one on");
  flags.Add("epochs", &epochs_, "passes over the training set");
  flags.Add("batch_size", &batch_size_, "examples a step");
  flags.Add("seeds", &seeds_, "one run each");
}

void Activations::UseDemoSize() {
  activations_ = {"relu", "tanh", "sigmoid"};
  learning_rates_ = {0.1, 0.3};
  train_size_ = 2000;
  test_size_ = 1000;
  epochs_ = 6;
}

absl::Status Activations::CheckFlags() const {
  return FirstError({WantsSome("activations", activations_), WantsKnown("activation", activations_, ActivationNames()),
                     WantsSome("learning_rates", learning_rates_), WantsPositive("learning_rates", learning_rates_),
                     WantsBetween("hidden", hidden_, 1, kWidest), WantsAtLeast("train_size", train_size_, 1),
                     WantsAtLeast("validation_size", validation_size_, 1), WantsSeeds(seeds_)});
}

absl::StatusOr<std::optional<Activations::Outcome>> Activations::TrainOnce(Elementwise activation, double learning_rate,
                                                                           const TrainTest& data, const Dataset& test,
                                                                           uint64_t seed) const {
  std::vector<int64_t> widths = {NumElements(data.train.example_shape)};
  widths.insert(widths.end(), hidden_.begin(), hidden_.end());
  widths.push_back(data.train.num_classes());
  Random random(seed);
  Sequential mlp = Mlp(widths, activation, random, InitializerFor(activation));
  const auto optimizer = Sgd(Variables(mlp), {.rate = Constant(learning_rate)});
  std::ostream nowhere(nullptr);
  Progress silence(nowhere, {});  // the sweep tells how it goes
  auto epochs =
      TrainClassifier(mlp, *optimizer, data, {.epochs = epochs_, .batch_size = batch_size_, .seed = seed}, silence);
  if (epochs.status().code() == absl::StatusCode::kAborted) return std::nullopt;  // diverged: a result, too
  if (!epochs.ok()) return epochs.status();
  return Outcome{*std::move(epochs), Evaluate(mlp, test, ChannelNormalization(data.train)).accuracy};
}

// One trial a learning rate, the best first.
absl::StatusOr<std::vector<Activations::Trial>> Activations::Sweep(Elementwise activation, const TrainTest& data,
                                                                   const Dataset& test, Progress& progress,
                                                                   Table& sweep) const {
  const int64_t parts = static_cast<int64_t>(activations_.size() * learning_rates_.size());
  std::vector<Trial> trials;
  for (double learning_rate : learning_rates_) {
    progress.Part(absl::StrCat(ToString(activation), ", rate ", learning_rate),
                  static_cast<int64_t>(sweep.rows().size()), parts);
    Trial trial = {.learning_rate = learning_rate, .outcomes = {}};
    std::vector<double> accuracies;
    for (uint64_t seed : seeds_) {
      auto outcome = TrainOnce(activation, learning_rate, data, test, seed);
      if (!outcome.ok()) return outcome.status();
      if (!outcome->has_value()) continue;
      accuracies.push_back((*outcome)->epochs.back().test.accuracy);
      trial.outcomes.push_back(**std::move(outcome));
    }
    if (accuracies.size() == seeds_.size()) trial.validation_accuracy = Mean(accuracies);
    sweep.AddRow(
        {ToString(activation), learning_rate, trial.validation_accuracy, trial.outcomes.size(), seeds_.size()});
    trials.push_back(std::move(trial));
  }
  std::stable_sort(trials.begin(), trials.end(),
                   [](const Trial& a, const Trial& b) { return a.validation_accuracy > b.validation_accuracy; });
  if (trials.front().validation_accuracy == 0) {
    return absl::AbortedError(absl::StrCat(ToString(activation),
                                           " diverges with every one of --learning_rates; "
                                           "add a smaller one"));
  }
  return trials;
}

absl::StatusOr<ExperimentResult> Activations::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  auto loaded = LoadDataset("glyphs", {.train_size = train_size_ + validation_size_, .test_size = test_size_});
  if (!loaded.ok()) return loaded.status();
  const TrainTest data = {FirstExamples(loaded->train, train_size_), LastExamples(loaded->train, validation_size_)};
  Table curves({"activation", "x", "value", "slope"});
  Table sweep({"activation", "learning_rate", "validation_accuracy", "finished", "n"});
  Table metrics({"activation", "learning_rate", "seed", "epoch", "train_loss", "train_accuracy", "validation_loss",
                 "validation_accuracy"});
  Table summary({"activation", "lowest_value", "highest_value", "lowest_slope", "highest_slope", "slope_at_0",
                 "saturates", "learning_rate", "n", "test_accuracy_mean", "test_accuracy_std"});
  const Tensor grid = Grid();
  for (const std::string& name : activations_) {
    const Elementwise activation = *ParseElementwise(name);
    const Curve curve = CurveOf(activation, grid);
    const auto x = curve.x.values(), y = curve.y.values(), slope = curve.slope.values();
    for (int i = 0; i < kPoints; ++i) curves.AddRow({name, x[i], y[i], slope[i]});
    const auto trials = Sweep(activation, data, loaded->test, progress, sweep);
    if (!trials.ok()) return trials.status();
    const Trial& best = trials->front();
    std::vector<double> accuracies;
    for (size_t i = 0; i < seeds_.size(); ++i) {
      accuracies.push_back(best.outcomes[i].test_accuracy);
      for (const EpochMetrics& e : best.outcomes[i].epochs) {
        metrics.AddRow({name, best.learning_rate, seeds_[i], e.epoch, e.train.loss, e.train.accuracy, e.test.loss,
                        e.test.accuracy});
      }
    }
    const auto [low, high] = std::minmax_element(y.begin(), y.end());
    const auto [flat, steep] = std::minmax_element(slope.begin(), slope.end());
    summary.AddRow({name, *low, *high, *flat, *steep, slope[kPoints / 2], Saturates(activation), best.learning_rate,
                    seeds_.size(), Mean(accuracies), StandardDeviation(accuracies)});
  }
  return ExperimentResult{.metrics = std::move(metrics),
                          .summary = std::move(summary),
                          .seeds = seeds_,
                          .datasets = {{"glyphs", Fingerprint(data.train)},
                                       {"glyphs (validation)", Fingerprint(data.test)},
                                       {"glyphs (test)", Fingerprint(loaded->test)}},
                          .files = {{"curves.csv", curves.ToCsv()}, {"sweep.csv", sweep.ToCsv()}}};
}

}  // namespace dl
