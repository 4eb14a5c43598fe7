#include "modules/backprop/experiments/losses.h"

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/backprop/experiments/loss_curves.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/ops.h"
#include "modules/training/classifier.h"
#include "modules/training/flag_checks.h"
#include "modules/training/interrupt.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

const char* const kLosses[] = {"squared error", "cross-entropy"};

ClassifierLoss LossNamed(const std::string& name) {
  return name == "squared error" ? SigmoidSquaredError : SigmoidCrossEntropy;
}

// The mean of the absolute values, times `factor`.
double MeanSize(const Tensor& x, double factor) {
  return Mean(Apply(Elementwise::kAbs, Variable(x))).value().item() * factor;
}

}  // namespace

void Losses::AddFlags(FlagSet& flags) {
  flags.Add("learning_rates", &learning_rates_, "of plain gradient descent; each loss tries all from each bias");
  flags.Add("output_biases", &output_biases_, "that the outputs start with: the larger, the more saturated");
  flags.Add("level", &level_, "the accuracy that ends the race, between 0 and 1");
  flags.Add("hidden", &hidden_, "width of the hidden layer");
  flags.Add("train_size", &train_size_, "glyphs to learn from");
  flags.Add("validation_size", &validation_size_, "glyphs to choose the learning rate by");
  flags.Add("test_size", &test_size_, "glyphs to measure on");
  flags.Add("steps", &steps_, "of each run");
  flags.Add("steps_between", &steps_between_, "two measurements");
  flags.Add("batch_size", &batch_size_, "examples a step");
  flags.Add("seeds", &seeds_, "one run each");
}

void Losses::UseDemoSize() {
  learning_rates_ = {1, 3};
  output_biases_ = {0, 8};
  train_size_ = 2000;
  validation_size_ = 250;
  test_size_ = 500;
  steps_ = 1500;
  steps_between_ = 50;
}

absl::Status Losses::CheckFlags() const {
  return FirstError({WantsSome("learning_rates", learning_rates_), WantsPositive("learning_rates", learning_rates_),
                     WantsSome("output_biases", output_biases_), WantsFinite("output_biases", output_biases_),
                     WantsPositive("level", level_), WantsFraction("level", level_),
                     WantsBetween("hidden", hidden_, 1, kWidest), WantsAtLeast("train_size", train_size_, 1),
                     WantsAtLeast("validation_size", validation_size_, 1), WantsAtLeast("steps", steps_, 1),
                     WantsAtLeast("steps_between", steps_between_, 1),
                     WantsBetween("batch_size", batch_size_, 1, train_size_, "train_size"), WantsSeeds(seeds_)});
}

absl::StatusOr<Losses::Outcome> Losses::TrainOnce(const std::string& loss, double output_bias, double learning_rate,
                                                  const Data& data, uint64_t seed) const {
  Random random(seed);
  const int64_t outputs = data.train.num_classes();
  Sequential mlp =
      Mlp({NumElements(data.train.example_shape), hidden_, outputs}, Elementwise::kSigmoid, random, XavierNormal);
  Biases(mlp).back().mutable_value() = Tensor::Full({outputs}, static_cast<float>(output_bias));
  const auto sgd = Sgd(Variables(mlp), {.rate = Constant(learning_rate)});
  const ClassifierLoss loss_of = LossNamed(loss);
  const Normalization normalization = ChannelNormalization(data.train);
  const BatchOptions batching = {.batch_size = batch_size_, .drop_last = true, .normalization = normalization};
  Outcome outcome = {};
  while (sgd->step() < steps_) {
    for (const Batch& batch : Batches::Shuffled(data.train, batching, random.Split(sgd->step()))) {
      if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
      if (sgd->step() % steps_between_ == 0) {
        outcome.measurements.push_back({sgd->step(),
                                        Evaluate(mlp, data.validation, normalization, {.loss = loss_of}).accuracy,
                                        Evaluate(mlp, data.test, normalization, {.loss = loss_of}).accuracy});
      }
      const Variable logits = mlp.Forward(batch.inputs, {});
      const Variable cost = loss_of(logits, batch.labels);
      if (sgd->step() == 0) {
        const Variable a = Apply(Elementwise::kSigmoid, logits);
        outcome.output_slope = MeanSize(Gradients(cost, {logits})[0], static_cast<double>(batch_size_));
        outcome.sigmoid_slope = MeanSize((a - a * a).value(), 1);
      }
      sgd->Step(Gradients(cost, sgd->parameters()));
      if (sgd->step() == steps_) break;
    }
  }
  return outcome;
}

int64_t Losses::StepsToLevel(const Outcome& outcome, double Measurement::*accuracy) const {
  for (const Measurement& m : outcome.measurements) {
    if (m.*accuracy >= level_) return m.step;
  }
  return steps_;
}

absl::StatusOr<Losses::Trial> Losses::BestTrial(const std::string& loss, double output_bias, const Data& data,
                                                Progress& progress, Table& sweep) const {
  const int64_t parts = static_cast<int64_t>(2 * output_biases_.size() * learning_rates_.size());
  Trial best = {};
  for (double learning_rate : learning_rates_) {
    Trial trial = {learning_rate, {}, 0};
    std::vector<double> steps;
    int reached = 0;
    progress.Part(absl::StrCat(loss, ", bias ", output_bias, ", rate ", learning_rate),
                  static_cast<int64_t>(sweep.rows().size()), parts);
    for (uint64_t seed : seeds_) {
      auto outcome = TrainOnce(loss, output_bias, learning_rate, data, seed);
      if (!outcome.ok()) return outcome.status();
      steps.push_back(static_cast<double>(StepsToLevel(*outcome, &Measurement::validation_accuracy)));
      reached += steps.back() < static_cast<double>(steps_);
      trial.outcomes.push_back(*std::move(outcome));
    }
    trial.mean_steps = Mean(steps);
    sweep.AddRow({loss, output_bias, learning_rate, steps.size(), trial.mean_steps, StandardDeviation(steps), reached});
    if (best.outcomes.empty() || trial.mean_steps < best.mean_steps) best = std::move(trial);
  }
  return best;
}

absl::StatusOr<ExperimentResult> Losses::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  auto loaded = LoadDataset("glyphs", {.train_size = train_size_ + validation_size_, .test_size = test_size_});
  if (!loaded.ok()) return loaded.status();
  const Data data = {FirstExamples(loaded->train, train_size_), LastExamples(loaded->train, validation_size_),
                     loaded->test};
  Table metrics({"loss", "output_bias", "seed", "step", "test_accuracy"});
  Table summary({"loss", "output_bias", "learning_rate", "n", "sigmoid_slope_mean", "sigmoid_slope_std",
                 "output_slope_mean", "output_slope_std", "steps_mean", "steps_std", "reached", "test_accuracy_mean",
                 "test_accuracy_std"});
  Table sweep({"loss", "output_bias", "learning_rate", "n", "steps_mean", "steps_std", "reached"});
  for (const std::string loss : kLosses) {
    for (double output_bias : output_biases_) {
      const auto trial = BestTrial(loss, output_bias, data, progress, sweep);
      if (!trial.ok()) return trial.status();
      std::vector<double> sigmoid_slopes, output_slopes, steps, accuracies;
      int reached = 0;
      for (size_t i = 0; i < seeds_.size(); ++i) {
        const Outcome& outcome = trial->outcomes[i];
        for (const Measurement& m : outcome.measurements) {
          metrics.AddRow({loss, output_bias, seeds_[i], m.step, m.test_accuracy});
        }
        sigmoid_slopes.push_back(outcome.sigmoid_slope);
        output_slopes.push_back(outcome.output_slope);
        steps.push_back(static_cast<double>(StepsToLevel(outcome, &Measurement::test_accuracy)));
        reached += steps.back() < static_cast<double>(steps_);
        accuracies.push_back(outcome.measurements.back().test_accuracy);
      }
      summary.AddRow({loss, output_bias, reached > 0 ? Cell(trial->learning_rate) : Cell("any"), seeds_.size(),
                      Mean(sigmoid_slopes), StandardDeviation(sigmoid_slopes), Mean(output_slopes),
                      StandardDeviation(output_slopes), Mean(steps), StandardDeviation(steps), reached,
                      Mean(accuracies), StandardDeviation(accuracies)});
    }
  }
  const LossCurves curves = DrawLosses();
  const NeuronTables neurons = TrainNeurons();
  return ExperimentResult{.metrics = std::move(metrics),
                          .summary = std::move(summary),
                          .seeds = seeds_,
                          .datasets = {{"glyphs", Fingerprint(data.train)},
                                       {"glyphs (validation)", Fingerprint(data.validation)},
                                       {"glyphs (test)", Fingerprint(data.test)}},
                          .files = {{"sweep.csv", sweep.ToCsv()},
                                    {"curves.csv", curves.curves.ToCsv()},
                                    {"ranges.csv", curves.ranges.ToCsv()},
                                    {"neuron.csv", neurons.epochs.ToCsv()},
                                    {"neuron_summary.csv", neurons.summary.ToCsv()}}};
}

}  // namespace dl
