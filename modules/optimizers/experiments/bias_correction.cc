#include "modules/optimizers/experiments/bias_correction.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/batches.h"
#include "datasets/catalog.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/optimizers/experiments/step_lengths.h"
#include "modules/training/classifier.h"
#include "modules/training/flag_checks.h"
#include "modules/training/interrupt.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr double kDiverged = 1e6;  // nats
constexpr double kRight = 0.1;     // of a ratio: how far from 1 it may be
constexpr int64_t kBetween = 10;   // steps from one row of metrics to the next

// The mean of the losses of the steps in [begin, end).
double MeanLoss(const std::vector<double>& losses, int64_t begin, int64_t end) {
  return Mean(absl::MakeConstSpan(losses).subspan(begin, end - begin));
}

// The 3.1623 that others print: wanshuiyin/ARIS, pull request 26.
Cell PublishedFirst(double beta1, double beta2) { return beta1 == 0.9 && beta2 == 0.999 ? Cell(3.1623) : Cell(""); }

}  // namespace

struct BiasCorrection::Method {
  const char* name;
  bool corrected, warmup;
};

// One run.
struct BiasCorrection::Outcome {
  std::vector<double> losses;  // of each step, before it
  std::optional<int64_t> diverged_at;
  double test_accuracy = 0;
};

// The runs of a method at a rate, one a seed.
struct BiasCorrection::Trial {
  double rate = 0;
  std::vector<Outcome> outcomes;
  std::optional<int64_t> diverged_at;  // where the first that diverged did
  std::vector<double> early, last;     // losses, the mean of a window at either end; none if it diverged
};

struct BiasCorrection::Tables {
  Table metrics{{"beta2", "method", "seed", "step", "loss"}};
  Table summary{{"beta2", "method", "learning_rate", "n", "first_step", "early_loss_mean", "early_loss_std",
                 "last_loss_mean", "last_loss_std", "test_accuracy_mean", "test_accuracy_std", "diverged_at"}};
  Table ratios{{"beta1", "beta2", "step", "ratio", "theory"}};
  Table first_steps{{"beta1", "beta2", "first", "first_theory", "first_published", "greatest", "greatest_at",
                     "right_from", "extra_path"}};
  Table sweep{{"beta2", "method", "learning_rate", "n", "early_loss_mean", "early_loss_std", "last_loss_mean",
               "last_loss_std", "diverged_at"}};
  std::string divergence;   // of the first method that diverged at every rate
  bool any_stable = false;
};

void BiasCorrection::AddFlags(FlagSet& flags) {
  flags.Add("step_beta1s", &step_beta1s_, "of the lengths of steps");
  flags.Add("step_beta2s", &step_beta2s_, "of the lengths of steps");
  flags.Add("first_steps", &first_steps_, "whose lengths are measured");
  flags.Add("beta2s", &beta2s_, "of the training; its β1 is 0.9");
  flags.Add("learning_rates", &learning_rates_, "each method tries all");
  flags.Add("warmup", &warmup_, "steps up a line to the rate, of the methods with a warm-up");
  flags.Add("steps", &steps_, "of each run");
  flags.Add("window", &window_, "steps at either end whose mean loss is compared; the last choose the rate");
  flags.Add("hidden", &hidden_, "width of the hidden layer");
  flags.Add("batch_size", &batch_size_, "examples a step");
  flags.Add("train_size", &train_size_, "glyphs to learn from");
  flags.Add("test_size", &test_size_, "glyphs to measure on");
  flags.Add("seeds", &seeds_, "one run each");
}

void BiasCorrection::UseDemoSize() {
  beta2s_ = {0.999};
  learning_rates_ = {1e-3, 3e-3, 1e-2, 3e-2};
  steps_ = 150;
  seeds_ = {1, 2, 3};
}

absl::Status BiasCorrection::CheckFlags() const {
  return FirstError({WantsSome("step_beta1s", step_beta1s_), WantsFraction("step_beta1s", step_beta1s_),
                     WantsSome("step_beta2s", step_beta2s_), WantsFraction("step_beta2s", step_beta2s_),
                     WantsBetween("first_steps", first_steps_, 1, 1'000'000), WantsSome("beta2s", beta2s_),
                     WantsFraction("beta2s", beta2s_), WantsSome("learning_rates", learning_rates_),
                     WantsPositive("learning_rates", learning_rates_), WantsAtLeast("warmup", warmup_, 1),
                     WantsAtLeast("steps", steps_, 1), WantsBetween("window", window_, 1, steps_, "steps"),
                     WantsBetween("hidden", hidden_, 1, kWidest), WantsAtLeast("train_size", train_size_, 1),
                     WantsBetween("batch_size", batch_size_, 1, train_size_, "train_size"),
                     WantsAtLeast("test_size", test_size_, 1), WantsSeeds(seeds_)});
}

void BiasCorrection::MeasureSteps(Tables& tables) const {
  Random random(1);
  std::vector<double> gradients(first_steps_);
  for (double& gradient : gradients) gradient = 0.5 + random.Uniform();
  for (double beta1 : step_beta1s_) {
    for (double beta2 : step_beta2s_) {
      const std::vector<double> ratios = MeasureStepRatios(beta1, beta2, gradients);
      for (int64_t t = 1; t <= first_steps_; t += t / 20 + 1) {
        tables.ratios.AddRow({beta1, beta2, t, ratios[t - 1], StepRatio(beta1, beta2, t)});
      }
      const auto greatest = std::max_element(ratios.begin(), ratios.end());
      const auto wrong = std::find_if(ratios.rbegin(), ratios.rend(),
                                      [](double ratio) { return std::abs(ratio - 1) > kRight; });
      const int64_t right_from = ratios.rend() - wrong + 1;
      double extra_path = 0;
      for (double ratio : ratios) extra_path += ratio - 1;
      tables.first_steps.AddRow({beta1, beta2, ratios[0], StepRatio(beta1, beta2, 1), PublishedFirst(beta1, beta2),
                                 *greatest, greatest - ratios.begin() + 1,
                                 right_from > first_steps_ ? Cell("") : Cell(right_from), extra_path});
    }
  }
}

std::unique_ptr<Optimizer> BiasCorrection::Make(const Method& method, double beta2, double rate,
                                                std::vector<Variable> parameters) const {
  const Schedule schedule = method.warmup ? LinearWarmup(warmup_, Constant(rate)) : Constant(rate);
  return MakeOptimizer(std::move(parameters), ScaleByAdam{.beta2 = beta2, .corrected = method.corrected},
                       ScaleByLearningRate{schedule});
}

absl::StatusOr<BiasCorrection::Outcome> BiasCorrection::TrainOnce(const Method& method, double beta2, double rate,
                                                                  const TrainTest& data, uint64_t seed) const {
  Random random(seed);
  Sequential mlp = Mlp({NumElements(data.train.example_shape), hidden_, data.train.num_classes()}, Elementwise::kReLU,
                       random);
  const auto adam = Make(method, beta2, rate, Variables(mlp));
  const Normalization normalization = ChannelNormalization(data.train);
  const BatchOptions batching = {.batch_size = batch_size_, .drop_last = true, .normalization = normalization};
  Outcome outcome;
  while (adam->step() < steps_) {
    for (const Batch& batch : Batches::Shuffled(data.train, batching, random.Split(adam->step()))) {
      if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
      const Variable loss = CrossEntropy(mlp.Forward(batch.inputs, {.training = true, .random = &random}), batch.labels);
      outcome.losses.push_back(loss.value().item());
      if (!(outcome.losses.back() < kDiverged)) {
        outcome.diverged_at = adam->step() + 1;
        return outcome;
      }
      adam->Step(Gradients(loss, adam->parameters()));
      if (adam->step() == steps_) break;
    }
  }
  outcome.test_accuracy = Evaluate(mlp, data.test, normalization).accuracy;
  return outcome;
}

absl::StatusOr<BiasCorrection::Trial> BiasCorrection::TrainAll(const Method& method, double beta2, double rate,
                                                               const TrainTest& data) const {
  Trial trial;
  trial.rate = rate;
  for (uint64_t seed : seeds_) {
    auto outcome = TrainOnce(method, beta2, rate, data, seed);
    if (!outcome.ok()) return outcome.status();
    if (outcome->diverged_at) {
      trial.early.clear();
      trial.last.clear();
      trial.diverged_at = outcome->diverged_at;
      return trial;
    }
    trial.early.push_back(MeanLoss(outcome->losses, 0, window_));
    trial.last.push_back(MeanLoss(outcome->losses, steps_ - window_, steps_));
    trial.outcomes.push_back(*std::move(outcome));
  }
  return trial;
}

// One method at all rates: a row of `sweep` each, and the best one's rows of `metrics` and `summary`.
absl::Status BiasCorrection::Compare(const Method& method, double beta2, const TrainTest& data, Progress& progress,
                                     Tables& tables) const {
  Trial best;
  std::optional<int64_t> diverged_at;
  for (size_t i = 0; i < learning_rates_.size(); ++i) {
    const double rate = learning_rates_[i];
    progress.Part(absl::StrCat("β2 ", beta2, ", ", method.name, ", rate ", rate), i, learning_rates_.size());
    auto trial = TrainAll(method, beta2, rate, data);
    if (!trial.ok()) return trial.status();
    if (trial->diverged_at) {
      tables.sweep.AddRow({beta2, method.name, rate, 0, "", "", "", "", *trial->diverged_at});
      if (!diverged_at) diverged_at = trial->diverged_at;
      continue;
    }
    tables.sweep.AddRow({beta2, method.name, rate, seeds_.size(), Mean(trial->early), StandardDeviation(trial->early),
                         Mean(trial->last), StandardDeviation(trial->last), ""});
    if (best.outcomes.empty() || Mean(trial->last) < Mean(best.last)) best = *std::move(trial);
  }
  const double warm = method.warmup ? 1 / static_cast<double>(warmup_) : 1;
  const double first = warm * (method.corrected ? 1 : StepRatio(0.9, beta2, 1));
  if (best.outcomes.empty()) {
    tables.summary.AddRow({beta2, method.name, "", 0, first, "", "", "", "", "", "", *diverged_at});
    if (tables.divergence.empty()) {
      tables.divergence = absl::StrCat("adam ", method.name, " diverges at every rate, at rate ", learning_rates_[0],
                                       " in step ", *diverged_at, "; lower --learning_rates may help");
    }
    return absl::OkStatus();
  }
  tables.any_stable = true;
  std::vector<double> accuracies;
  for (size_t s = 0; s < seeds_.size(); ++s) {
    accuracies.push_back(best.outcomes[s].test_accuracy);
    for (int64_t t = 0; t < steps_; t += kBetween) {
      tables.metrics.AddRow({beta2, method.name, seeds_[s], t,
                             MeanLoss(best.outcomes[s].losses, t, std::min(t + kBetween, steps_))});
    }
  }
  tables.summary.AddRow({beta2, method.name, best.rate, seeds_.size(), first, Mean(best.early),
                         StandardDeviation(best.early), Mean(best.last), StandardDeviation(best.last), Mean(accuracies),
                         StandardDeviation(accuracies), ""});
  return absl::OkStatus();
}

absl::StatusOr<ExperimentResult> BiasCorrection::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const auto data = LoadDataset("glyphs", {.train_size = train_size_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  Tables tables;
  MeasureSteps(tables);
  constexpr Method kMethods[] = {{"corrected", true, false},
                                 {"uncorrected", false, false},
                                 {"uncorrected with warm-up", false, true},
                                 {"corrected with warm-up", true, true}};
  for (double beta2 : beta2s_) {
    for (const Method& method : kMethods) {
      if (absl::Status status = Compare(method, beta2, *data, progress, tables); !status.ok()) return status;
    }
  }
  if (!tables.any_stable) return absl::AbortedError(tables.divergence);
  return ExperimentResult{.metrics = std::move(tables.metrics),
                          .summary = std::move(tables.summary),
                          .seeds = seeds_,
                          .datasets = {{"glyphs", Fingerprint(data->train)}, {"glyphs (test)", Fingerprint(data->test)}},
                          .files = {{"first_steps.csv", tables.first_steps.ToCsv()},
                                    {"ratios.csv", tables.ratios.ToCsv()},
                                    {"sweep.csv", tables.sweep.ToCsv()}}};
}

}  // namespace dl
