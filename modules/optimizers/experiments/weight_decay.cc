#include "modules/optimizers/experiments/weight_decay.h"

#include <algorithm>
#include <cmath>
#include <ostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/norm.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mean_cells.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kMostRates = 99;

double Error(Layer& model, const Dataset& dataset, const Normalization& normalization) {
  return 1 - Evaluate(model, dataset, normalization).accuracy;
}

// The norm of all parameters as one vector.
double Norm(const std::vector<Tensor>& parameters) {
  double sum = 0;
  for (const Tensor& p : parameters) sum += SumOfSquares(p);
  return std::sqrt(sum);
}

std::vector<Tensor> Values(const Layer& model) {
  std::vector<Tensor> values;
  for (const Variable& p : Variables(model)) values.push_back(p.value());
  return values;
}

// ||a - b|| / ||a||.
double RelativeDistance(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
  std::vector<Tensor> differences;
  for (size_t i = 0; i < a.size(); ++i) differences.push_back(Subtract(a[i], b[i]));
  return Norm(differences) / Norm(a);
}

}  // namespace

struct WeightDecay::Tables {
  Table metrics{{"optimizer", "form", "learning_rate", "decay", "seed", "train_loss", "validation_error",
                 "test_error", "weight_norm"}};
  Table grid{{"optimizer", "form", "learning_rate", "decay", "train_loss_mean", "train_loss_std",
              "validation_error_mean", "validation_error_std", "test_error_mean", "test_error_std", "weight_norm_mean",
              "weight_norm_std", "n", "best"}};
  Table summary{{"optimizer", "form", "learning_rate", "decay", "test_error_mean", "test_error_std", "plain_rate",
                 "plain_test_error_mean", "plain_test_error_std", "gain_mean", "gain_std", "n"}};
};

std::vector<double> WeightDecay::Trial::Of(double Outcome::*what) const {
  std::vector<double> values;
  for (const Outcome& outcome : outcomes) values.push_back(outcome.*what);
  return values;
}

void WeightDecay::AddFlags(FlagSet& flags) {
  flags.Add("optimizers", &optimizers_, "to compare: sgd, momentum, adam");
  flags.Add("l2", &l2_, "strengths of decay through the gradient");
  flags.Add("decoupled", &decoupled_, "strengths of decay apart from it: the share that each step takes");
  flags.Add("rates", &rates_, "how many learning rates, an odd number, the optimizer's usual one in the middle");
  flags.Add("ratio", &ratio_, "of each rate to the one before");
  flags.Add("validation_size", &validation_size_, "examples to choose rate and decay by");
  task_.AddFlags(flags);
}

void WeightDecay::UseDemoSize() {
  optimizers_ = {"adam"};
  rates_ = 3;
  l2_ = {0, 1e-3, 1e-2};
  decoupled_ = {0, 1e-4, 1e-3};
}

absl::StatusOr<WeightDecay::Data> WeightDecay::Load() const {
  const auto loaded = LoadDataset(task_.dataset, {.folder = data_dir_,
                                                  .train_size = task_.train_size + validation_size_,
                                                  .test_size = task_.test_size});
  if (!loaded.ok()) return loaded.status();
  Data data{{FirstExamples(loaded->train, task_.train_size), FirstExamples(loaded->test, 0)},
            LastExamples(loaded->train, validation_size_),
            loaded->test,
            {}};
  data.normalization = ChannelNormalization(data.train.train);
  return data;
}

absl::StatusOr<double> WeightDecay::Train(Sequential& mlp, const std::string& optimizer, DecayForm form, double rate,
                                          double decay, const Data& data, uint64_t seed,
                                          const std::function<void(const EpochMetrics&)>& after_epoch) const {
  std::ostream nowhere(nullptr);
  Progress quiet(nowhere, {});  // the trials are reported, not the epochs of each
  TrainOptions training = task_.Training(
      absl::StrCat(optimizer, ", rate ", rate, ", ", ToString(form), " decay ", decay, ", seed ", seed));
  training.seed = seed;
  training.after_epoch = after_epoch;
  const auto descent = MakeDecaying(optimizer, form, Variables(mlp), rate, decay);
  const auto epochs = TrainClassifier(mlp, *descent, data.train, training, quiet);
  if (!epochs.ok()) return epochs.status();
  return epochs->back().train.loss;
}

absl::StatusOr<WeightDecay::Trial> WeightDecay::Try(const std::string& optimizer, DecayForm form, double rate,
                                                    double decay, const Data& data, absl::Status& divergence) const {
  Trial trial{rate, decay, {}};
  for (uint64_t seed : task_.seeds) {
    Sequential mlp = task_.Networks(data.train.train)(seed);
    const absl::StatusOr<double> loss = Train(mlp, optimizer, form, rate, decay, data, seed);
    if (absl::IsAborted(loss.status())) {
      divergence.Update(loss.status());
      return Trial{rate, decay, {}};
    }
    if (!loss.ok()) return loss.status();
    trial.outcomes.push_back({*loss, Error(mlp, data.validation, data.normalization),
                              Error(mlp, data.test, data.normalization), Norm(Values(mlp))});
  }
  return trial;
}

absl::StatusOr<std::vector<WeightDecay::Trial>> WeightDecay::Grid(const std::string& optimizer, DecayForm form,
                                                                  const Data& data, Progress& progress, int64_t& done,
                                                                  absl::Status& divergence) const {
  const int64_t all = static_cast<int64_t>(optimizers_.size() * (l2_.size() + decoupled_.size())) * rates_;
  std::vector<Trial> grid;
  for (double rate : RatesAround(ParseOptimizer(optimizer)->typical_rate, rates_, ratio_)) {
    for (double decay : Decays(form)) {
      progress.Part(absl::StrCat(optimizer, ", rate ", rate, ", ", ToString(form), " decay ", decay), done++, all);
      auto trial = Try(optimizer, form, rate, decay, data, divergence);
      if (!trial.ok()) return trial.status();
      grid.push_back(*std::move(trial));
    }
  }
  return grid;
}

namespace {

// The trial of the lowest mean validation error, or null; of those without decay if `plain`.
template <typename Trial, typename Outcome>
const Trial* Best(const std::vector<Trial>& grid, double Outcome::*error, bool plain) {
  const Trial* best = nullptr;
  for (const Trial& trial : grid) {
    if (trial.outcomes.empty() || (plain && trial.decay != 0)) continue;
    if (best == nullptr || Mean(trial.Of(error)) < Mean(best->Of(error))) best = &trial;
  }
  return best;
}

}  // namespace

void WeightDecay::AddRows(const std::string& optimizer, DecayForm form, const std::vector<Trial>& grid,
                          Tables& tables) const {
  const Trial* best = Best(grid, &Outcome::validation_error, false);
  const Trial* plain = Best(grid, &Outcome::validation_error, true);
  for (const Trial& trial : grid) {
    for (size_t s = 0; s < trial.outcomes.size(); ++s) {
      const Outcome& o = trial.outcomes[s];
      tables.metrics.AddRow({optimizer, ToString(form), trial.rate, trial.decay, task_.seeds[s], o.train_loss,
                             o.validation_error, o.test_error, o.weight_norm});
    }
    std::vector<Cell> cells = {optimizer, ToString(form), trial.rate, trial.decay};
    for (double Outcome::*what :
         {&Outcome::train_loss, &Outcome::validation_error, &Outcome::test_error, &Outcome::weight_norm}) {
      AppendMean(trial.Of(what), cells);
    }
    cells.insert(cells.end(), {task_.seeds.size(), &trial == best ? "yes" : "no"});
    tables.grid.AddRow(std::move(cells));
  }
  std::vector<Cell> cells = {optimizer, ToString(form)};
  std::vector<double> errors, plain_errors, gains;
  if (best != nullptr) errors = best->Of(&Outcome::test_error);
  if (plain != nullptr) plain_errors = plain->Of(&Outcome::test_error);
  for (size_t s = 0; s < plain_errors.size(); ++s) gains.push_back(plain_errors[s] - errors[s]);
  cells.insert(cells.end(), {best ? Cell(best->rate) : "", best ? Cell(best->decay) : ""});
  AppendMean(errors, cells);
  cells.push_back(plain ? Cell(plain->rate) : "");
  AppendMean(plain_errors, cells);
  AppendMean(gains, cells);
  cells.push_back(task_.seeds.size());
  tables.summary.AddRow(std::move(cells));
}

absl::StatusOr<Table> WeightDecay::Identity(const Data& data) const {
  Table table({"learning_rate", "l2", "decay", "seed", "epoch", "distance"});
  const double rate = ParseOptimizer("sgd")->typical_rate;
  for (double l2 : l2_) {
    for (uint64_t seed : task_.seeds) {
      Sequential mlp = task_.Networks(data.train.train)(seed), twin = task_.Networks(data.train.train)(seed);
      std::vector<std::vector<Tensor>> seen;
      const auto keep = [&](const EpochMetrics&) { seen.push_back(Values(mlp)); };
      const auto compare = [&](const EpochMetrics& e) {
        table.AddRow({rate, l2, rate * l2, seed, e.epoch, RelativeDistance(seen[e.epoch - 1], Values(twin))});
      };
      auto loss = Train(mlp, "sgd", DecayForm::kL2, rate, l2, data, seed, keep);
      if (loss.ok()) loss = Train(twin, "sgd", DecayForm::kDecoupled, rate, rate * l2, data, seed, compare);
      if (!loss.ok() && !absl::IsAborted(loss.status())) return loss.status();
    }
  }
  return table;
}

absl::Status WeightDecay::CheckFlags() const {
  return FirstError({WantsSome("optimizers", optimizers_), WantsKnown("optimizer", optimizers_, DecayingOptimizers()),
                     WantsSome("l2", l2_), WantsAtLeast("l2", l2_, 0), WantsSome("decoupled", decoupled_),
                     WantsFraction("decoupled", decoupled_), WantsBetween("rates", rates_, 1, kMostRates),
                     WantsBetween("ratio", ratio_, 1.01, 1000), WantsAtLeast("validation_size", validation_size_, 1),
                     task_.CheckFlags()});
}

absl::StatusOr<ExperimentResult> WeightDecay::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<Data> data = Load();
  if (!data.ok()) return data.status();
  Tables tables;
  absl::Status divergence;
  int64_t done = 0;
  for (const std::string& optimizer : optimizers_) {
    for (DecayForm form : kDecayForms) {
      const auto grid = Grid(optimizer, form, *data, progress, done, divergence);
      if (!grid.ok()) return grid.status();
      AddRows(optimizer, form, *grid, tables);
    }
  }
  if (tables.metrics.rows().empty()) return divergence;
  const absl::StatusOr<Table> identity = Identity(*data);
  if (!identity.ok()) return identity.status();
  return ExperimentResult{.metrics = std::move(tables.metrics),
                          .summary = std::move(tables.summary),
                          .seeds = task_.seeds,
                          .datasets = {{task_.dataset, Fingerprint(data->train.train)},
                                       {task_.dataset + " (validation)", Fingerprint(data->validation)},
                                       {task_.dataset + " (test)", Fingerprint(data->test)}},
                          .files = {{"grid.csv", tables.grid.ToCsv()}, {"identity.csv", identity->ToCsv()}}};
}

}  // namespace dl
