#include "modules/optimizers/experiments/deepobs.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/cnn/two_conv_two_dense.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/training/flag_checks.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

// The baselines of DeepOBS on fmnist_2c2d, one run each (seed 43): the rate that its search found best, and the test
// accuracy after so many epochs. From github.com/fsschneider/DeepOBS_Baselines.
struct Published {
  std::string optimizer;
  double rate;
  std::vector<std::pair<int64_t, double>> accuracies;  // epoch, share
};
const std::vector<Published>& Baselines() {
  static const auto* baselines = new std::vector<Published>{
      {"sgd", 0.158, {{1, 0.858}, {5, 0.892}, {10, 0.902}}},
      {"adam", 2.51e-4, {{1, 0.850}, {5, 0.889}, {10, 0.906}}},
  };
  return *baselines;
}

std::vector<std::string> BaselineNames() {
  std::vector<std::string> names;
  for (const Published& baseline : Baselines()) names.push_back(baseline.optimizer);
  return names;
}

const Published& BaselineOf(const std::string& optimizer) {
  return *std::find_if(Baselines().begin(), Baselines().end(),
                       [&](const Published& baseline) { return baseline.optimizer == optimizer; });
}

}  // namespace

void DeepObs::AddFlags(FlagSet& flags) {
  flags.Add("dataset", &dataset_, "pictures of 28 x 28: fashion-mnist, mnist or glyphs");
  flags.Add("optimizers", &optimizers_, "sgd, adam; each with the rate that DeepOBS found best");
  flags.Add("train_size", &train_size_, "training examples, 0 for the data set's own number");
  flags.Add("test_size", &test_size_, "test examples, 0 for the data set's own number");
  flags.Add("epochs", &epochs_, "passes over the training set");
  flags.Add("batch_size", &batch_size_, "examples a step");
  flags.Add("seeds", &seeds_, "one run each");
}

void DeepObs::UseDemoSize() {
  dataset_ = "glyphs";  // needs no download
  train_size_ = 800;
  test_size_ = 400;
  epochs_ = 2;
  batch_size_ = 32;
  seeds_ = {1};
}

absl::Status DeepObs::CheckFlags() const {
  return FirstError({WantsKnown("dataset", {dataset_}, {"fashion-mnist", "mnist", "glyphs"}),
                     WantsSome("optimizers", optimizers_), WantsKnown("optimizer", optimizers_, BaselineNames()),
                     WantsAtLeast("train_size", train_size_, 0), WantsAtLeast("test_size", test_size_, 0),
                     WantsAtLeast("epochs", epochs_, 1), WantsAtLeast("batch_size", batch_size_, 1),
                     WantsSeeds(seeds_)});
}

bool DeepObs::AsPublished() const {
  return dataset_ == "fashion-mnist" && train_size_ == 0 && test_size_ == 9984 && batch_size_ == 128;
}

absl::StatusOr<ExperimentResult> DeepObs::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<TrainTest> data =
      LoadDataset(dataset_, {.folder = data_dir_, .train_size = train_size_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  Table metrics({"optimizer", "seed", "epoch", "train_loss", "test_loss", "test_accuracy", "published_accuracy"});
  Table summary(
      {"optimizer", "learning_rate", "epoch", "n", "test_accuracy_mean", "test_accuracy_std", "published_accuracy"});
  for (const std::string& name : optimizers_) {
    const Published& baseline = BaselineOf(name);
    const absl::StatusOr<NamedOptimizer> optimizer = ParseOptimizer(name);
    if (!optimizer.ok()) return optimizer.status();
    std::vector<std::vector<EpochMetrics>> runs;
    for (uint64_t seed : seeds_) {
      Random random(seed);
      Sequential net = TwoConvTwoDense(random, {.classes = data->train.num_classes()});
      const auto steps = optimizer->make(Variables(net), Constant(baseline.rate));
      auto epochs = TrainClassifier(net, *steps, *data,
                                    {.name = absl::StrCat(dataset_, " ", name, " rate ", baseline.rate, " seed ", seed),
                                     .epochs = epochs_,
                                     .batch_size = batch_size_,
                                     .seed = seed,
                                     .normalize = false},
                                    progress);
      if (!epochs.ok()) return epochs.status();
      runs.push_back(*std::move(epochs));
    }
    const auto published_at = [&](int64_t epoch) {
      for (const auto& [at, accuracy] : baseline.accuracies) {
        if (at == epoch && AsPublished()) return Cell(accuracy);
      }
      return Cell("");
    };
    for (size_t i = 0; i < runs.size(); ++i) {
      for (const EpochMetrics& e : runs[i]) {
        metrics.AddRow({name, seeds_[i], e.epoch, e.train.loss, e.test.loss, e.test.accuracy, published_at(e.epoch)});
      }
    }
    for (const auto& [epoch, accuracy] : baseline.accuracies) {
      if (epoch > epochs_) continue;
      std::vector<double> accuracies;
      for (const auto& run : runs) accuracies.push_back(run[epoch - 1].test.accuracy);
      summary.AddRow({name, baseline.rate, epoch, accuracies.size(), Mean(accuracies), StandardDeviation(accuracies),
                      published_at(epoch)});
    }
  }
  return ExperimentResult{
      .metrics = std::move(metrics),
      .summary = std::move(summary),
      .seeds = seeds_,
      .datasets = {{dataset_, Fingerprint(data->train)}, {dataset_ + " (test)", Fingerprint(data->test)}}};
}

}  // namespace dl
