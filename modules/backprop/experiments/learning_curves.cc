#include "modules/backprop/experiments/learning_curves.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/backprop/mlp.h"
#include "modules/training/flag_checks.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

// What a run comes to: how it ended, and where the test loss was lowest on the way.
const std::vector<std::string>& Outcomes() {
  static const auto* names = new std::vector<std::string>{
      "train_accuracy", "test_accuracy", "train_loss", "test_loss", "lowest_test_loss", "lowest_test_loss_epoch"};
  return *names;
}

// In the order of Outcomes.
std::vector<double> OutcomesOf(const std::vector<EpochMetrics>& epochs) {
  const EpochMetrics& last = epochs.back();
  const EpochMetrics& lowest = *std::min_element(
      epochs.begin(), epochs.end(), [](const auto& a, const auto& b) { return a.test.loss < b.test.loss; });
  return {last.train.accuracy, last.test.accuracy, last.train.loss,
          last.test.loss,      lowest.test.loss,   static_cast<double>(lowest.epoch)};
}

// One row: `cells`, named by `columns`, then mean and standard deviation of each outcome. outcomes: one row a run.
Table Summarize(std::vector<std::string> columns, std::vector<Cell> cells,
                const std::vector<std::vector<double>>& outcomes) {
  for (size_t i = 0; i < Outcomes().size(); ++i) {
    std::vector<double> values;
    for (const std::vector<double>& run : outcomes) values.push_back(run[i]);
    columns.insert(columns.end(), {Outcomes()[i] + "_mean", Outcomes()[i] + "_std"});
    cells.insert(cells.end(), {Mean(values), StandardDeviation(values)});
  }
  Table table(std::move(columns));
  table.AddRow(std::move(cells));
  return table;
}

}  // namespace

void LearningCurves::AddFlags(FlagSet& flags) {
  flags.Add("dataset", &dataset_, "what to learn: glyphs, fashion-mnist, mnist, moons, ...");
  flags.Add("train_size", &train_size_, "training examples, 0 for the data set's own number");
  flags.Add("test_size", &test_size_, "test examples, 0 for the data set's own number");
  flags.Add("hidden", &hidden_, "widths of the hidden layers");
  flags.Add("activation", &activation_, "between the layers: relu, tanh, sigmoid, ...");
  flags.Add("learning_rate", &learning_rate_, "of Adam");
  flags.Add("epochs", &epochs_, "passes over the training set");
  flags.Add("batch_size", &batch_size_, "examples a step");
  flags.Add("seeds", &seeds_, "one run each");
}

void LearningCurves::UseDemoSize() {
  train_size_ = 4000;
  test_size_ = 1000;
  epochs_ = 5;
  seeds_ = {1};
}

absl::StatusOr<std::vector<EpochMetrics>> LearningCurves::TrainOnce(const TrainTest& data,
                                                                    const std::vector<int64_t>& widths, uint64_t seed,
                                                                    Progress& progress) const {
  absl::StatusOr<Elementwise> activation = ParseElementwise(activation_);
  if (!activation.ok()) return activation.status();
  Random random(seed);
  Sequential mlp = Mlp(widths, *activation, random);
  const auto optimizer = Adam(Variables(mlp), {.rate = Constant(learning_rate_)});
  const TrainOptions options = {.name = absl::StrCat(dataset_, " mlp ", MlpName(widths), " seed ", seed),
                                .epochs = epochs_,
                                .batch_size = batch_size_,
                                .seed = seed};
  return TrainClassifier(mlp, *optimizer, data, options, progress);
}

absl::StatusOr<ExperimentResult> LearningCurves::Run(Progress& progress) {
  if (absl::Status status = FirstError({WantsBetween("hidden", hidden_, 1, kWidest),
                                        WantsAtLeast("learning_rate", learning_rate_, 0), WantsSeeds(seeds_)});
      !status.ok()) {
    return status;
  }
  absl::StatusOr<TrainTest> data =
      LoadDataset(dataset_, {.folder = data_dir_, .train_size = train_size_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  std::vector<int64_t> widths = {NumElements(data->train.example_shape)};
  widths.insert(widths.end(), hidden_.begin(), hidden_.end());
  widths.push_back(data->train.num_classes());
  Table metrics(
      {"dataset", "model", "seed", "epoch", "train_loss", "train_accuracy", "test_loss", "test_accuracy"});
  std::vector<std::vector<double>> outcomes;
  for (uint64_t seed : seeds_) {
    const auto epochs = TrainOnce(*data, widths, seed, progress);
    if (!epochs.ok()) return epochs.status();
    for (const EpochMetrics& e : *epochs) {
      metrics.AddRow({dataset_, MlpName(widths), seed, e.epoch, e.train.loss, e.train.accuracy, e.test.loss,
                      e.test.accuracy});
    }
    outcomes.push_back(OutcomesOf(*epochs));
  }
  return ExperimentResult{
      .metrics = std::move(metrics),
      .summary = Summarize(
          {"dataset", "model", "train_size", "test_size", "parameters", "epochs", "n"},
          {dataset_, MlpName(widths), data->train.size(), data->test.size(), MlpParameterCount(widths), epochs_, seeds_.size()},
          outcomes),
      .seeds = seeds_,
      .datasets = {{dataset_, Fingerprint(data->train)}, {dataset_ + " (test)", Fingerprint(data->test)}}};
}

}  // namespace dl
