#include "modules/backprop/experiments/scalar_engine.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/scalar_mlp.h"
#include "modules/backprop/scalar_ops.h"
#include "modules/training/flag_checks.h"
#include "modules/training/interrupt.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr double kPenalty = 1e-4;
constexpr double kDiverged = 1e6;
constexpr int64_t kTestPoints = 500;
constexpr int64_t kMostPoints = 10000, kMostSteps = 100000;
constexpr int64_t kMostProducts = 10000000;  // of points and parameters: a tape of about a gibibyte

// What micrograd's demo.ipynb prints for step 99 of its one run, on points and weights of its own.
constexpr double kPublishedLoss = 0.01098, kPublishedAccuracy = 1;

struct Examples {
  std::vector<double> x;  // [N, 2]
  std::vector<double> t;  // [N], -1 or 1
};

Examples ExamplesOf(const Dataset& moons) {
  const auto& values = std::get<std::vector<float>>(moons.values);
  Examples examples{{values.begin(), values.end()}, {}};
  for (int32_t label : moons.labels) examples.t.push_back(2 * label - 1);
  return examples;
}

std::vector<Scalar> Scores(const ScalarMlp& mlp, const Examples& examples) {
  std::vector<Scalar> scores;
  for (size_t i = 0; i < examples.t.size(); ++i) {
    scores.push_back(mlp.Forward(absl::MakeConstSpan(examples.x).subspan(2 * i, 2))[0]);
  }
  return scores;
}

// The share of scores on the target's side of 0.
double Accuracy(const std::vector<Scalar>& scores, const std::vector<double>& t) {
  double correct = 0;
  for (size_t i = 0; i < t.size(); ++i) correct += (scores[i].value() > 0) == (t[i] > 0);
  return correct / static_cast<double>(t.size());
}

struct Step {
  double loss, penalty, accuracy;  // the penalty is a part of the loss
};

struct Measured {
  std::vector<Step> steps;
  double test_accuracy = 0;  // after the last
  size_t nodes = 0;          // that one step appends to the tape
};

// [scalar_training]
// One step of gradient descent on all examples. Returns how it stood before.
Step TrainStep(Tape& tape, const ScalarMlp& mlp, const Examples& train, double rate) {
  tape.Rewind(mlp.parameters().size());  // to the parameters, which stand in front
  const std::vector<Scalar> scores = Scores(mlp, train);
  const Scalar penalty = kPenalty * SumOfSquares(mlp.parameters());
  const Scalar loss = HingeLoss(scores, train.t) + penalty;
  const ScalarGradients gradients = tape.Gradients(loss);
  for (Scalar p : mlp.parameters()) tape.set_value(p, p.value() - rate * gradients[p]);
  return {loss.value(), penalty.value(), Accuracy(scores, train.t)};
}
// [/scalar_training]

absl::StatusOr<Measured> TrainOnce(const TrainTest& data, const std::vector<int64_t>& widths, int64_t steps,
                                   double learning_rate, uint64_t seed, Progress& progress) {
  const Examples train = ExamplesOf(data.train), test = ExamplesOf(data.test);
  const std::string name = absl::StrCat("moons ", MlpName(widths), " seed ", seed);
  Random random(seed);
  Tape tape;
  const ScalarMlp mlp(tape, widths, random);
  Measured measured;
  progress.Begin(name, steps, steps);
  for (int64_t i = 0; i < steps; ++i) {
    const double done = static_cast<double>(i) / static_cast<double>(steps);
    const Step step = TrainStep(tape, mlp, train, learning_rate * (1 - 0.9 * done));
    if (!(step.loss < kDiverged)) {
      return absl::AbortedError(
          absl::StrCat(name, ": the loss is ", step.loss, " at step ", i, "; a smaller learning rate may help"));
    }
    if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
    measured.steps.push_back(step);
    progress.Step(data.train.size(), step.loss, step.accuracy);
  }
  measured.nodes = tape.size() - mlp.parameters().size();
  measured.test_accuracy = Accuracy(Scores(mlp, test), test.t);
  progress.Epoch(steps - 1, measured.steps.back().loss, measured.steps.back().accuracy, measured.test_accuracy);
  return measured;
}

}  // namespace

void ScalarEngine::AddFlags(FlagSet& flags) {
  flags.Add("points", &points_, "to learn from, half of them on each moon");
  flags.Add("hidden", &hidden_, "widths of the hidden layers");
  flags.Add("learning_rate", &learning_rate_, "of the first step; it falls linearly to a tenth");
  flags.Add("steps", &steps_, "each on all points");
  flags.Add("seeds", &seeds_, "of the initial weights, one run each");
}

Cell ScalarEngine::Published(double number) const {
  const bool same = points_ == 100 && steps_ == 100 && hidden_ == std::vector<int64_t>{16, 16} && learning_rate_ == 1.0;
  return same ? Cell(number) : Cell("");
}

absl::Status ScalarEngine::CheckFlags(const std::vector<int64_t>& widths) const {
  absl::Status status =
      FirstError({WantsBetween("points", points_, 1, kMostPoints), WantsBetween("hidden", hidden_, 1, kWidest),
                  WantsAtLeast("learning_rate", learning_rate_, 0), WantsBetween("steps", steps_, 1, kMostSteps),
                  WantsSeeds(seeds_)});
  if (status.ok() && std::max(points_, kTestPoints) * MlpParameterCount(widths) > kMostProducts) {
    status = absl::InvalidArgumentError(absl::StrCat("flags --points and --hidden want ", MlpName(widths),
                                                     ", which has ", MlpParameterCount(widths), " parameters, or ",
                                                     points_, " points to be smaller"));
  }
  return status;
}

absl::StatusOr<ExperimentResult> ScalarEngine::Run(Progress& progress) {
  std::vector<int64_t> widths = {2};
  widths.insert(widths.end(), hidden_.begin(), hidden_.end());
  widths.push_back(1);
  if (absl::Status status = CheckFlags(widths); !status.ok()) return status;
  const absl::StatusOr<TrainTest> data = LoadDataset("moons", {.train_size = points_, .test_size = kTestPoints});
  if (!data.ok()) return data.status();

  Table metrics(
      {"dataset", "model", "seed", "step", "loss", "penalty", "accuracy", "published_loss", "published_accuracy"});
  std::vector<double> loss, penalty, accuracy, test_accuracy;
  size_t nodes = 0;
  for (uint64_t seed : seeds_) {
    const auto run = TrainOnce(*data, widths, steps_, learning_rate_, seed, progress);
    if (!run.ok()) return run.status();
    for (int64_t i = 0; i < steps_; ++i) {
      const Step& step = run->steps[i];
      const bool last = i + 1 == steps_;
      metrics.AddRow({"moons", MlpName(widths), seed, i, step.loss, step.penalty, step.accuracy,
                      last ? Published(kPublishedLoss) : "", last ? Published(kPublishedAccuracy) : ""});
    }
    loss.push_back(run->steps.back().loss);
    penalty.push_back(run->steps.back().penalty);
    accuracy.push_back(run->steps.back().accuracy);
    test_accuracy.push_back(run->test_accuracy);
    nodes = run->nodes;
  }
  Table summary({"dataset", "model", "points", "test_points", "parameters", "nodes", "steps", "n", "loss_mean",
                 "loss_std", "penalty_mean", "penalty_std", "accuracy_mean", "accuracy_std", "test_accuracy_mean",
                 "test_accuracy_std", "published_loss", "published_accuracy"});
  summary.AddRow({"moons", MlpName(widths), points_, data->test.size(), MlpParameterCount(widths), nodes, steps_,
                  seeds_.size(), Mean(loss), StandardDeviation(loss), Mean(penalty), StandardDeviation(penalty),
                  Mean(accuracy), StandardDeviation(accuracy), Mean(test_accuracy), StandardDeviation(test_accuracy),
                  Published(kPublishedLoss), Published(kPublishedAccuracy)});
  return ExperimentResult{.metrics = std::move(metrics),
                          .summary = std::move(summary),
                          .seeds = seeds_,
                          .datasets = {{"moons", Fingerprint(data->train)}, {"moons (test)", Fingerprint(data->test)}}};
}

}  // namespace dl
