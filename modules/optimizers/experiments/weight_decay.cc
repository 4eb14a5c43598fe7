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
  Table metrics{{"optimizer", "form", "learning_rate", "decay", "seed", "train_loss", "validation_error", "test_error",
                 "weight_norm"}};
  Table grid{{"optimizer", "form", "learning_rate", "decay", "train_loss_mean", "train_loss_std",
              "validation_error_mean", "validation_error_std", "test_error_mean", "test_error_std", "weight_norm_mean",
              "weight_norm_std", "n", "best"}};
  Table summary{{"optimizer", "form", "learning_rate", "decay", "test_error_mean", "test_error_std", "plain_rate",
                 "plain_test_error_mean", "plain_test_error_std", "gain_mean", "gain_std", "slope_mean", "slope_std",
                 "n"}};
};

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
  const auto loaded = LoadDataset(
      task_.dataset,
      {.folder = data_dir_, .train_size = task_.train_size + validation_size_, .test_size = task_.test_size});
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
  TrainOptions training =
      task_.Training(absl::StrCat(optimizer, ", rate ", rate, ", ", ToString(form), " decay ", decay, ", seed ", seed));
  training.seed = seed;
  training.after_epoch = after_epoch;
  const auto descent = MakeDecaying(optimizer, form, Variables(mlp), rate, decay);
  const auto epochs = TrainClassifier(mlp, *descent, data.train, training, quiet);
  if (!epochs.ok()) return epochs.status();
  return epochs->back().train.loss;
}

absl::StatusOr<DecayTrial> WeightDecay::Try(const std::string& optimizer, DecayForm form, double rate, double decay,
                                            const Data& data, absl::Status& divergence) const {
  DecayTrial trial{rate, decay, {}};
  for (uint64_t seed : task_.seeds) {
    Sequential mlp = task_.Networks(data.train.train)(seed);
    const absl::StatusOr<double> loss = Train(mlp, optimizer, form, rate, decay, data, seed);
    if (absl::IsAborted(loss.status())) {
      divergence.Update(loss.status());
      return DecayTrial{rate, decay, {}};
    }
    if (!loss.ok()) return loss.status();
    trial.outcomes.push_back({*loss, Error(mlp, data.validation, data.normalization),
                              Error(mlp, data.test, data.normalization), Norm(Values(mlp))});
  }
  return trial;
}

absl::StatusOr<std::vector<DecayTrial>> WeightDecay::Grid(const std::string& optimizer, DecayForm form,
                                                          const Data& data, Progress& progress, int64_t& done,
                                                          absl::Status& divergence) const {
  const int64_t all = static_cast<int64_t>(optimizers_.size() * (l2_.size() + decoupled_.size())) * rates_;
  std::vector<DecayTrial> grid;
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

void WeightDecay::AddRows(const std::string& optimizer, DecayForm form, const std::vector<DecayTrial>& grid,
                          Tables& tables) const {
  const DecayTrial* best = BestTrial(grid);
  for (const DecayTrial& trial : grid) {
    for (size_t s = 0; s < trial.outcomes.size(); ++s) {
      const DecayOutcome& o = trial.outcomes[s];
      tables.metrics.AddRow({optimizer, ToString(form), trial.rate, trial.decay, task_.seeds[s], o.train_loss,
                             o.validation_error, o.test_error, o.weight_norm});
    }
    std::vector<Cell> cells = {optimizer, ToString(form), trial.rate, trial.decay};
    for (double DecayOutcome::*what : {&DecayOutcome::train_loss, &DecayOutcome::validation_error,
                                       &DecayOutcome::test_error, &DecayOutcome::weight_norm}) {
      AppendMean(trial.Of(what), cells);
    }
    cells.insert(cells.end(), {task_.seeds.size(), &trial == best ? "yes" : "no"});
    tables.grid.AddRow(std::move(cells));
  }
}

void WeightDecay::AddSummaryRow(const std::string& optimizer, DecayForm form, const std::vector<DecayTrial>& grid,
                                Table& summary) const {
  const DecayTrial *best = BestTrial(grid), *plain = BestTrial(grid, true);
  std::vector<double> errors, plain_errors, gains;
  if (best != nullptr) errors = best->Of(&DecayOutcome::test_error);
  if (plain != nullptr) plain_errors = plain->Of(&DecayOutcome::test_error);
  for (size_t s = 0; s < plain_errors.size(); ++s) gains.push_back(plain_errors[s] - errors[s]);
  std::vector<Cell> cells = {optimizer, ToString(form), best ? Cell(best->rate) : "", best ? Cell(best->decay) : ""};
  AppendMean(errors, cells);
  cells.push_back(plain ? Cell(plain->rate) : "");
  AppendMean(plain_errors, cells);
  AppendMean(gains, cells);
  AppendMean(DecaySlopes(grid), cells);
  cells.push_back(task_.seeds.size());
  summary.AddRow(std::move(cells));
}

absl::StatusOr<Table> WeightDecay::Identity(const Data& data) const {
  Table table({"learning_rate", "l2", "decay", "first_distance_mean", "first_distance_std", "last_distance_mean",
               "last_distance_std", "n"});
  const double rate = ParseOptimizer("sgd")->typical_rate;
  for (double l2 : l2_) {
    std::vector<double> first, last;
    for (uint64_t seed : task_.seeds) {
      Sequential mlp = task_.Networks(data.train.train)(seed), twin = task_.Networks(data.train.train)(seed);
      std::vector<std::vector<Tensor>> seen;
      std::vector<double> distances;
      const auto keep = [&](const EpochMetrics&) { seen.push_back(Values(mlp)); };
      const auto compare = [&](const EpochMetrics& e) {
        distances.push_back(RelativeDistance(seen[e.epoch - 1], Values(twin)));
      };
      auto loss = Train(mlp, "sgd", DecayForm::kL2, rate, l2, data, seed, keep);
      if (loss.ok()) loss = Train(twin, "sgd", DecayForm::kDecoupled, rate, rate * l2, data, seed, compare);
      if (!loss.ok() && !absl::IsAborted(loss.status())) return loss.status();
      if (!loss.ok()) continue;
      first.push_back(distances.front());
      last.push_back(distances.back());
    }
    std::vector<Cell> cells = {rate, l2, rate * l2};
    AppendMean(first, cells);
    AppendMean(last, cells);
    cells.push_back(first.size());
    table.AddRow(std::move(cells));
  }
  return table;
}

absl::Status WeightDecay::CheckFlags() const {
  return FirstError({WantsSome("optimizers", optimizers_), WantsKnown("optimizer", optimizers_, DecayingOptimizers()),
                     WantsSome("l2", l2_), WantsAtLeast("l2", l2_, 0), WantsSome("decoupled", decoupled_),
                     WantsFraction("decoupled", decoupled_), WantsBetween("rates", rates_, 1, kMostRates),
                     WantsOdd("rates", rates_), WantsBetween("ratio", ratio_, 1.01, 1000),
                     WantsBetween("validation_size", validation_size_, 1, kMostExamples), task_.CheckFlags()});
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
      AddSummaryRow(optimizer, form, *grid, tables.summary);
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
