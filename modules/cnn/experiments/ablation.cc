#include "modules/cnn/experiments/ablation.h"

#include <utility>

#include "modules/training/mean_cells.h"

namespace dl {
namespace {

Table Columns(std::vector<std::string> what, const std::vector<std::string>& then,
              const std::vector<std::string>& extra = {}) {
  what.insert(what.end(), then.begin(), then.end());
  what.insert(what.end(), extra.begin(), extra.end());
  return Table(std::move(what));
}

}  // namespace

Ablation::Ablation(const std::vector<std::string>& what, const std::vector<std::string>& extra)
    : summary_(Columns(what,
                       {"learning_rate", "train_loss_mean", "train_loss_std", "train_accuracy_mean",
                        "train_accuracy_std", "test_accuracy_mean", "test_accuracy_std", "gap_mean", "gap_std", "n"},
                       extra)),
      metrics_(Columns(what, {"seed", "epoch", "train_loss", "train_accuracy", "test_loss", "test_accuracy"})),
      rates_(Columns(what, {"learning_rate", "train_loss_mean", "train_loss_std", "validation_error_mean",
                            "validation_error_std", "diverged", "chosen", "n"})) {}

absl::Status Ablation::Add(const std::vector<Cell>& what, const Method& method, const ImageData& data,
                           const RateSearch& search, const ExtraCells& extra) {
  const absl::StatusOr<Judgement> judgement = JudgeAtBestRate(method, data, search);
  if (!judgement.ok()) return judgement.status();
  if (judgement->chosen) lasted_ = true;
  if (!judgement->chosen) divergence_.Update(DivergenceOf(*judgement));
  AddRates(what, *judgement);
  AddCurves(what, *judgement);
  std::vector<Cell> cells = what;
  cells.push_back(judgement->chosen ? Cell(judgement->of_rates[*judgement->chosen].rate) : Cell("none"));
  AppendMean(judgement->Of([](const JudgedRun& run) { return run.train.loss; }), cells);
  AppendMean(judgement->Of([](const JudgedRun& run) { return run.train.accuracy; }), cells);
  AppendMean(judgement->Of([](const JudgedRun& run) { return run.test.accuracy; }), cells);
  AppendMean(judgement->Of([](const JudgedRun& run) { return run.train.accuracy - run.test.accuracy; }), cells);
  cells.push_back(judgement->runs.size());
  if (extra) {
    for (Cell& cell : extra(*judgement)) cells.push_back(std::move(cell));
  }
  summary_.AddRow(std::move(cells));
  return absl::OkStatus();
}

absl::StatusOr<ExperimentResult> Ablation::Result(const ImageData& data, const std::vector<uint64_t>& seeds) const {
  if (absl::Status status = AllDiverged(); !status.ok()) return status;
  return ExperimentResult{.metrics = metrics_,
                          .summary = summary_,
                          .seeds = seeds,
                          .datasets = data.Fingerprints(),
                          .files = {{"rates.csv", rates_.ToCsv()}}};
}

void Ablation::AddRates(const std::vector<Cell>& what, const Judgement& judgement) {
  for (size_t i = 0; i < judgement.of_rates.size(); ++i) {
    const RatedRuns& rated = judgement.of_rates[i];
    std::vector<Cell> cells = what;
    cells.push_back(rated.rate);
    AppendMean(rated.LastTrainLosses(), cells);
    AppendMean(judgement.validated ? judgement.ValidationErrors(i) : std::vector<double>(), cells);
    cells.insert(cells.end(),
                 {rated.runs.empty() ? "yes" : "no", judgement.chosen == i ? "yes" : "no", rated.runs.size()});
    rates_.AddRow(std::move(cells));
  }
}

void Ablation::AddCurves(const std::vector<Cell>& what, const Judgement& judgement) {
  for (const JudgedRun& run : judgement.runs) {
    for (const EpochMetrics& e : run.epochs) {
      std::vector<Cell> cells = what;
      cells.insert(cells.end(), {run.seed, e.epoch, e.train.loss, e.train.accuracy, e.test.loss, e.test.accuracy});
      metrics_.AddRow(std::move(cells));
    }
  }
}

}  // namespace dl
