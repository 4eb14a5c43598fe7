#include "modules/backprop/experiments/three_starts.h"

#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/batches.h"
#include "datasets/points.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/optimizers/optimizer.h"
#include "modules/training/flag_checks.h"
#include "modules/training/interrupt.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kRecords = 15;  // of a run, beside that of its start

// With what is published.
struct Start {
  const char* name;
  const char *train, *test, *loss;
};
constexpr Start kStarts[] = {
    {"zero", "50 %", "-", "-"}, {"normal:10", "83 %", "86 %", "-"}, {"kaiming", "99.33 %", "96 %", "0.0736"}};

struct Points {
  Tensor x;       // [N, 2]
  Tensor target;  // [N, 1]: 0 or 1
};

Points PointsOf(const Dataset& dataset) {
  const Batch batch = Batches::InOrder(dataset, {.batch_size = dataset.size()})[0];
  const std::vector<float> target(batch.labels.begin(), batch.labels.end());
  return {batch.inputs, Tensor::Of({dataset.size(), 1}, target)};
}

struct Measure {
  int64_t iteration;
  double loss;  // on the training points
  double train_accuracy, test_accuracy;
};

double Accuracy(Sequential& mlp, const Points& points) {
  const Tensor logits = mlp.Forward(points.x, {}).value();
  int64_t correct = 0;
  for (int64_t i = 0; i < logits.size(); ++i) correct += (logits.data()[i] > 0) == (points.target.data()[i] > 0.5f);
  return static_cast<double>(correct) / static_cast<double>(logits.size());
}

// kRecords + 1 measures, evenly spaced.
absl::StatusOr<std::vector<Measure>> Descend(const Initializer& initializer, const Points& train, const Points& test,
                                             double rate, int64_t iterations, uint64_t seed) {
  Random random(seed);
  Sequential mlp = Mlp({2, 10, 5, 1}, Elementwise::kReLU, random, initializer);
  const auto descent = Sgd(Variables(mlp), {.rate = Constant(rate)});
  std::vector<Measure> measures;
  for (int64_t i = 0; i <= iterations; ++i) {
    const Variable loss = BinaryCrossEntropyWithLogits(mlp.Forward(train.x, {}), train.target);
    if (!std::isfinite(loss.value().item())) {
      return absl::AbortedError(absl::StrCat("the loss of seed ", seed, " is ", loss.value().item(), " at iteration ", i,
                                             "; a smaller learning rate may help"));
    }
    if (i % (iterations / kRecords) == 0) {
      measures.push_back({i, loss.value().item(), Accuracy(mlp, train), Accuracy(mlp, test)});
    }
    if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
    descent->Step(Gradients(loss, descent->parameters()));
  }
  return measures;
}

std::vector<Cell> SummaryCells(const Start& start, const std::vector<std::vector<Measure>>& runs) {
  std::vector<Cell> cells = {start.name};
  const auto add = [&](auto of_run, const char* published) {
    std::vector<double> values;
    for (const std::vector<Measure>& run : runs) values.push_back(of_run(run));
    cells.insert(cells.end(), {Mean(values), StandardDeviation(values), published});
  };
  add([](const auto& run) { return run.back().train_accuracy; }, start.train);
  add([](const auto& run) { return run.back().test_accuracy; }, start.test);
  add([](const auto& run) { return run[run.size() - 2].loss; }, start.loss);
  cells.push_back(runs.size());
  return cells;
}

}  // namespace

void ThreeStarts::AddFlags(FlagSet& flags) {
  flags.Add("learning_rate", &learning_rate_, "of gradient descent");
  flags.Add("iterations", &iterations_, "steps, a multiple of 15");
  flags.Add("seeds", &seeds_, "one draw of points and weights each");
}

void ThreeStarts::UseDemoSize() { seeds_ = {1}; }

absl::StatusOr<ExperimentResult> ThreeStarts::Run(Progress& progress) {
  if (absl::Status status = FirstError({WantsAtLeast("learning_rate", learning_rate_, 0),
                                        WantsAtLeast("iterations", iterations_, kRecords), WantsSeeds(seeds_)});
      !status.ok()) {
    return status;
  }
  if (iterations_ % kRecords != 0) {
    return absl::InvalidArgumentError(absl::StrCat("flag --iterations wants a multiple of ", kRecords));
  }
  ExperimentResult result{
      .metrics = Table({"initializer", "seed", "iteration", "loss", "train_accuracy", "test_accuracy"}),
      .summary = Table({"initializer", "train_accuracy_mean", "train_accuracy_std", "published_train_accuracy",
                        "test_accuracy_mean", "test_accuracy_std", "published_test_accuracy", "loss_mean", "loss_std",
                        "published_loss", "n"}),
      .seeds = seeds_,
      .datasets = {}};
  int64_t done = 0;
  for (const Start& start : kStarts) {
    std::vector<std::vector<Measure>> runs;
    for (uint64_t seed : seeds_) {
      progress.Part(absl::StrCat(start.name, ", seed ", seed), done++,
                    static_cast<int64_t>(std::size(kStarts) * seeds_.size()));
      const Random random(seed);
      const Dataset train = MakeCircles({.count = 300, .noise = 0.05f, .factor = 0.8f}, random.Split(1));
      const Dataset test = MakeCircles({.count = 100, .noise = 0.05f, .factor = 0.8f}, random.Split(2));
      result.datasets[absl::StrCat("circles of seed ", seed)] = Fingerprint(train);
      auto run = Descend(ParseInitializer(start.name).value(), PointsOf(train), PointsOf(test), learning_rate_,
                         iterations_, seed);
      if (!run.ok()) return run.status();
      for (const Measure& m : *run) {
        result.metrics.AddRow({start.name, seed, m.iteration, m.loss, m.train_accuracy, m.test_accuracy});
      }
      runs.push_back(*std::move(run));
    }
    result.summary.AddRow(SummaryCells(start, runs));
  }
  return result;
}

}  // namespace dl
