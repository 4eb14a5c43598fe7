#include "modules/backprop/experiments/sanity.h"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "datasets/catalog.h"
#include "modules/backprop/linear.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/ops.h"
#include "modules/training/flag_checks.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr float kOutputDeviation = 0.01f;   // of the last layer's weights: logits so small that all classes are alike
constexpr double kChanceTolerance = 0.05;   // nats
constexpr double kPenaltyTolerance = 1e-3;  // of the expected penalty; the loss is f32
constexpr double kFittedLoss = 0.1;         // nats

const std::vector<std::string>& Faults() {
  static const auto* names =
      new std::vector<std::string>{"none",              // a sound network
                                   "large_start",       // all weights ten times too large
                                   "double_softmax",    // a softmax before the loss that has one of its own
                                   "flipped_gradient",  // steps uphill
                                   "blank_images",      // all pixels 0
                                   "no_penalty",        // the regularisation is left out
                                   "frozen_layer",      // the first layer's parameters are missing from the optimizer
                                   "shuffled_labels"};  // labels that belong to other pictures
  return *names;
}

Sequential Perceptron(const Dataset& data, const std::vector<int64_t>& hidden, uint64_t seed) {
  Random random(seed);
  Sequential model;
  int64_t inputs = NumElements(data.example_shape);
  for (int64_t width : hidden) {
    model.Append(std::make_unique<Linear>(inputs, width, random));
    model.Append(std::make_unique<Activation>(Elementwise::kReLU));
    inputs = width;
  }
  model.Append(std::make_unique<Linear>(inputs, data.num_classes(), random, NormalInit(kOutputDeviation)));
  return model;
}

void Spoil(const std::string& fault, Random random, Sequential& model, Dataset& images) {
  if (fault == "large_start") {
    for (Variable& w : Weights(model)) w.mutable_value() = Scale(w.value(), 10);
  } else if (fault == "blank_images") {
    std::visit([](auto& values) { std::fill(values.begin(), values.end(), 0); }, images.values);
  } else if (fault == "shuffled_labels") {
    const std::vector<int32_t> labels = images.labels;
    const std::vector<int64_t> order = random.Permutation(images.size());
    for (size_t i = 0; i < labels.size(); ++i) images.labels[i] = labels[order[i]];
  }
}

double SumOfSquares(const std::vector<Variable>& weights) {
  double sum = 0;
  for (const Variable& w : weights) {
    for (float value : w.value().values()) sum += static_cast<double>(value) * value;
  }
  return sum;
}

using Samples = std::vector<double>;  // one a seed

std::string Verdict(bool passes) { return passes ? "pass" : "fail"; }

}  // namespace

void Sanity::AddFlags(FlagSet& flags) {
  flags.Add("faults", &faults_, "what to examine: none, or networks with one fault each");
  flags.Add("images", &images_, "to learn by heart");
  flags.Add("test_size", &test_size_, "other images, which no check sees");
  flags.Add("steps", &steps_, "at most, to learn them by heart; each step sees all");
  flags.Add("hidden", &hidden_, "widths of the hidden layers");
  flags.Add("learning_rate", &learning_rate_, "of Adam");
  flags.Add("lambda", &lambda_, "of L2 regularisation, whose check this is");
  flags.Add("seeds", &seeds_, "one network each");
}

void Sanity::UseDemoSize() {
  test_size_ = 500;
  seeds_ = {1, 2, 3};
}

absl::Status Sanity::CheckFlags() const {
  return FirstError({WantsSome("faults", faults_), WantsKnown("fault", faults_, Faults()),
                     WantsAtLeast("images", images_, 2), WantsAtLeast("steps", steps_, 1), WantsSome("hidden", hidden_),
                     WantsBetween("hidden", hidden_, 1, kWidest), WantsPositive("learning_rate", learning_rate_),
                     WantsPositive("lambda", lambda_), WantsSeeds(seeds_)});
}

absl::StatusOr<Sanity::Findings> Sanity::Examine(const std::string& fault, const TrainTest& data, uint64_t seed) const {
  Sequential model = Perceptron(data.train, hidden_, seed);
  Dataset images = data.train;
  Spoil(fault, Random(seed).Split(1), model, images);
  const ClassifierLoss loss = [&](const Variable& logits, absl::Span<const int32_t> labels) {
    return CrossEntropy(fault == "double_softmax" ? Softmax(logits) : logits, labels);
  };
  const ClassifierLoss regularised = [&](const Variable& logits, absl::Span<const int32_t> labels) {
    const float lambda = fault == "no_penalty" ? 0.0f : static_cast<float>(lambda_);
    return loss(logits, labels) + L2Penalty(Weights(model), lambda);
  };
  const Normalization normalization = ChannelNormalization(images);
  Findings findings = {};
  findings.chance_loss = Evaluate(model, images, normalization, {.loss = loss}).loss;
  findings.penalty = Evaluate(model, images, normalization, {.loss = regularised}).loss - findings.chance_loss;
  findings.expected_penalty = lambda_ / 2 * SumOfSquares(Weights(model));

  std::vector<Variable> parameters = Variables(model);
  if (fault == "frozen_layer") parameters.erase(parameters.begin(), parameters.begin() + 2);  // weight and bias
  const double rate = fault == "flipped_gradient" ? -learning_rate_ : learning_rate_;
  const auto adam = Adam(std::move(parameters), {.rate = Constant(rate)});
  const TrainOptions options = {.epochs = steps_,  // of one step each
                                .batch_size = images.size(),
                                .seed = seed,
                                .loss = loss};
  std::ostream nowhere(nullptr);
  Progress silence(nowhere, {});  // every epoch is one step: nobody wants a line for each
  auto steps = TrainClassifier(model, *adam, {images, images}, options, silence);
  if (!steps.ok() && steps.status().code() != absl::StatusCode::kAborted) return steps.status();
  if (steps.ok()) findings.steps = *std::move(steps);
  const auto fitted = std::find_if(findings.steps.begin(), findings.steps.end(), [](const EpochMetrics& step) {
    return step.test.accuracy == 1 && step.test.loss < kFittedLoss;
  });
  findings.fits = fitted != findings.steps.end();
  findings.steps_to_fit = findings.fits ? fitted->epoch : steps_;
  findings.test_accuracy = Evaluate(model, data.test, normalization, {.loss = loss}).accuracy;
  return findings;
}

absl::StatusOr<ExperimentResult> Sanity::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const auto data = LoadDataset("glyphs", {.train_size = images_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  const double chance = std::log(static_cast<double>(data->train.num_classes()));
  Table metrics({"fault", "seed", "step", "loss", "accuracy"});
  Table checks({"network", "check", "expected", "measured_mean", "measured_std", "n", "tolerance", "verdict"});
  Table summary({"fault", "n", "chance_loss_mean", "chance_loss_std", "chance", "fitted_steps_mean", "fitted_steps_std",
                 "overfit", "penalty_mean", "penalty_std", "expected_penalty", "regularisation", "test_accuracy_mean",
                 "test_accuracy_std"});
  for (const std::string& fault : faults_) {
    Samples losses, steps, penalties, expected, accuracies, test_accuracies;
    bool near_chance = true, fits = true, adds_penalty = true;
    progress.Part(fault, static_cast<int64_t>(summary.rows().size()), static_cast<int64_t>(faults_.size()));
    for (uint64_t seed : seeds_) {
      const auto f = Examine(fault, *data, seed);
      if (!f.ok()) return f.status();
      for (const EpochMetrics& step : f->steps) {
        metrics.AddRow({fault, seed, step.epoch, step.test.loss, step.test.accuracy});
      }
      near_chance = near_chance && std::abs(f->chance_loss - chance) <= kChanceTolerance;
      fits = fits && f->fits;
      adds_penalty =
          adds_penalty && std::abs(f->penalty - f->expected_penalty) <= kPenaltyTolerance * f->expected_penalty;
      losses.push_back(f->chance_loss);
      steps.push_back(static_cast<double>(f->steps_to_fit));
      penalties.push_back(f->penalty);
      expected.push_back(f->expected_penalty);
      accuracies.push_back(f->steps.empty() ? 0 : f->steps.back().test.accuracy);
      test_accuracies.push_back(f->test_accuracy);
    }
    const auto n = seeds_.size();
    checks.AddRow({fault, "loss at chance (nats)", chance, Mean(losses), StandardDeviation(losses), n, kChanceTolerance,
                   Verdict(near_chance)});
    checks.AddRow({fault, "accuracy on the few images", 1.0, Mean(accuracies), StandardDeviation(accuracies), n, 0.0,
                   Verdict(fits)});
    checks.AddRow({fault, "added by regularisation (nats)", Mean(expected), Mean(penalties),
                   StandardDeviation(penalties), n, kPenaltyTolerance * Mean(expected), Verdict(adds_penalty)});
    summary.AddRow({fault, n, Mean(losses), StandardDeviation(losses), Verdict(near_chance), Mean(steps),
                    StandardDeviation(steps), Verdict(fits), Mean(penalties), StandardDeviation(penalties),
                    Mean(expected), Verdict(adds_penalty), Mean(test_accuracies), StandardDeviation(test_accuracies)});
  }
  return ExperimentResult{
      .metrics = std::move(metrics),
      .summary = std::move(summary),
      .seeds = seeds_,
      .datasets = {{"glyphs", Fingerprint(data->train)}, {"glyphs (test)", Fingerprint(data->test)}},
      .files = {{"checks.csv", checks.ToCsv()}}};
}

}  // namespace dl
