#include "modules/backprop/experiments/learning_curves.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/backprop/mlp.h"
#include "modules/training/statistics.h"

namespace dl {

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
  if (seeds_.empty()) return absl::InvalidArgumentError("flag --seeds wants at least one seed");
  absl::StatusOr<TrainTest> data =
      LoadDataset(dataset_, {.folder = data_dir_, .train_size = train_size_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  std::vector<int64_t> widths = {NumElements(data->train.example_shape)};
  widths.insert(widths.end(), hidden_.begin(), hidden_.end());
  widths.push_back(data->train.num_classes());
  if (*std::min_element(widths.begin(), widths.end()) < 1) {
    return absl::InvalidArgumentError("flag --hidden wants widths of 1 or more");
  }
  ExperimentResult result{
      .metrics = Table({"dataset", "model", "seed", "epoch", "train_loss", "train_accuracy", "test_loss",
                        "test_accuracy"}),
      .summary = Table({"dataset", "model", "parameters", "epochs", "n", "test_accuracy_mean", "test_accuracy_std",
                        "test_loss_mean", "test_loss_std", "train_loss_mean", "train_loss_std"}),
      .seeds = seeds_,
      .datasets = {{dataset_, Fingerprint(data->train)}, {dataset_ + " (test)", Fingerprint(data->test)}}};
  std::vector<double> accuracy, test_loss, train_loss;
  for (uint64_t seed : seeds_) {
    const auto epochs = TrainOnce(*data, widths, seed, progress);
    if (!epochs.ok()) return epochs.status();
    for (const EpochMetrics& e : *epochs) {
      result.metrics.AddRow({dataset_, MlpName(widths), seed, e.epoch, e.train.loss, e.train.accuracy, e.test.loss,
                             e.test.accuracy});
    }
    accuracy.push_back(epochs->back().test.accuracy);
    test_loss.push_back(epochs->back().test.loss);
    train_loss.push_back(epochs->back().train.loss);
  }
  int64_t parameters = 0;
  for (size_t i = 0; i + 1 < widths.size(); ++i) parameters += (widths[i] + 1) * widths[i + 1];
  result.summary.AddRow({dataset_, MlpName(widths), parameters, epochs_, seeds_.size(), Mean(accuracy),
                         StandardDeviation(accuracy), Mean(test_loss), StandardDeviation(test_loss), Mean(train_loss),
                         StandardDeviation(train_loss)});
  return result;
}

}  // namespace dl
