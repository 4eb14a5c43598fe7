#include "modules/cnn/experiments/batch_norm.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/batches.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mean_cells.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

// Of the loss of guessing: a network below it has learned something.
constexpr double kLearned = 0.9;

constexpr double kMostScale = 1000;
constexpr double kMomentum = 0.9;

// The trained network over the training set in training mode: every batch is normalised by itself.
Evaluation EvaluateByBatch(Sequential& model, const Dataset& train, int64_t batch_size, uint64_t seed) {
  const BatchOptions options = {
      .batch_size = batch_size, .drop_last = true, .normalization = ChannelNormalization(train)};
  Random noise(seed);
  Evaluation sum;
  const auto batches = Batches::Shuffled(train, options, Random(seed).Split(3));
  for (const Batch& batch : batches) {
    const Variable logits = model.Forward(batch.inputs, {.training = true, .random = &noise});
    sum.loss += CrossEntropy(logits, batch.labels).value().item();
    sum.accuracy += static_cast<double>(CountCorrect(logits.value(), batch.labels));
  }
  const double n = static_cast<double>(batches.size());
  return {sum.loss / n, sum.accuracy / (n * static_cast<double>(batch_size))};
}

// The largest rate at which all runs lasted and learned something.
std::optional<double> LargestRate(const Judgement& judgement, double loss_of_guessing) {
  std::optional<double> largest;
  for (const RatedRuns& rated : judgement.of_rates) {
    const std::vector<double> losses = rated.LastTrainLosses();
    const auto learned = [&](double loss) { return loss < kLearned * loss_of_guessing; };
    if (losses.empty() || !std::all_of(losses.begin(), losses.end(), learned)) continue;
    largest = std::max(rated.rate, largest.value_or(rated.rate));
  }
  return largest;
}

// The first epoch whose training loss is at most `target`, of each run that has one.
std::vector<double> EpochsTo(double target, const Judgement& judgement) {
  std::vector<double> epochs;
  for (const JudgedRun& run : judgement.runs) {
    const auto there = std::find_if(run.epochs.begin(), run.epochs.end(),
                                    [&](const EpochMetrics& e) { return e.train.loss <= target; });
    if (there != run.epochs.end()) epochs.push_back(static_cast<double>(there->epoch));
  }
  return epochs;
}

}  // namespace

struct BatchNormStudy::Setting {
  std::string norm;
  std::optional<double> scale = {};        // of the initial weights; Kaiming's without
  std::optional<int64_t> batch_size = {};  // the task's without
};

void BatchNormStudy::AddFlags(FlagSet& flags) {
  flags.Add("norms", &norms_, "to compare: none, batch, group");
  flags.Add("widths", &widths_, "maps of each convolution");
  flags.Add("rates", &rates_, "learning rates, of which each normalisation gets its best");
  flags.Add("scales", &scales_, "deviations of the initial weights");
  flags.Add("batch_sizes", &batch_sizes_, "examples a step, to be compared");
  flags.Add("study_rates", &study_rates_, "learning rates for each scale and each of these batch sizes");
  flags.Add("study_epochs", &study_epochs_, "passes over the training set for each of them");
  task_.AddFlags(flags);
}

void BatchNormStudy::UseDemoSize() {
  rates_ = {0.01, 0.1, 1};
  scales_ = {1e-3, 3e-2};
  batch_sizes_ = {2, 16};
  study_rates_ = {0.016};
  study_epochs_ = 1;
  task_.train_size = 500;
  task_.test_size = 200;
  task_.epochs = 2;
  task_.seeds = {1, 2};
}

absl::Status BatchNormStudy::CheckFlags() const {
  return FirstError({WantsSome("norms", norms_), WantsKnown("normalisation", norms_, NormNames()),
                     WantsSome("widths", widths_), WantsBetween("widths", widths_, 1, kWidest),
                     WantsSome("rates", rates_), WantsPositive("rates", rates_), WantsSome("study_rates", study_rates_),
                     WantsPositive("study_rates", study_rates_), WantsPositive("scales", scales_),
                     WantsBetween("scales", scales_, 0, kMostScale),
                     WantsBetween("batch_sizes", batch_sizes_, 1, task_.train_size, "train_size"),
                     WantsAtLeast("study_epochs", study_epochs_, 1), task_.CheckFlags()});
}

Method BatchNormStudy::MethodOf(const Setting& setting, const Dataset& train) const {
  StridedNetOptions net = NetFor(train);
  net.widths = widths_;
  net.norm = *ParseNorm(setting.norm);
  std::string name = "momentum, normalisation " + setting.norm;
  TrainOptions training = task_.Training();
  if (setting.scale || setting.batch_size) training.epochs = study_epochs_;
  if (setting.scale) {
    absl::StrAppend(&name, ", scale ", *setting.scale);
    net.initializer = NormalInit(static_cast<float>(*setting.scale));
  }
  if (setting.batch_size) {
    absl::StrAppend(&name, ", batches of ", *setting.batch_size);
    training.batch_size = *setting.batch_size;
  }
  return {.name = name,
          .model =
              [net](uint64_t seed) {
                Random random(seed);
                return StridedNet(random, net);
              },
          .optimizer =
              [](std::vector<Variable> parameters, double rate) {
                return Sgd(std::move(parameters), {.rate = Constant(rate), .momentum = kMomentum});
              },
          .train = training};
}

absl::StatusOr<Ablation> BatchNormStudy::Speed(const ImageData& data, const OnPart& on_part) const {
  const RateSearch search = {.rates = rates_, .seeds = task_.seeds, .on_part = on_part};
  Ablation speed({"norm"}, {"largest_rate", "epochs_to_first_mean", "epochs_to_first_std", "reached"});
  std::optional<double> target;  // the loss that the first one ends at
  const auto extra = [&](const Judgement& judgement) {
    const std::vector<double> losses = judgement.Of([](const JudgedRun& run) { return run.epochs.back().train.loss; });
    if (!target && !losses.empty()) target = Mean(losses);
    const std::optional<double> largest =
        LargestRate(judgement, std::log(static_cast<double>(data.train.num_classes())));
    std::vector<Cell> cells = {largest ? Cell(*largest) : Cell("")};
    const std::vector<double> epochs = EpochsTo(target.value_or(0), judgement);
    AppendMean(epochs, cells);
    cells.push_back(epochs.size());
    return cells;
  };
  for (const std::string& norm : norms_) {
    absl::Status status = speed.Add({norm}, MethodOf({norm}, data.train), data, search, extra);
    if (!status.ok()) return status;
  }
  return speed;
}

absl::StatusOr<Ablation> BatchNormStudy::Scales(const ImageData& data, const OnPart& on_part) const {
  const RateSearch search = {.rates = study_rates_, .seeds = task_.seeds, .on_part = on_part};
  Ablation scales({"scale", "norm"});
  for (double scale : scales_) {
    for (const std::string& norm : norms_) {
      absl::Status status =
          scales.Add({scale, norm}, MethodOf({.norm = norm, .scale = scale}, data.train), data, search);
      if (!status.ok()) return status;
    }
  }
  return scales;
}

absl::StatusOr<Ablation> BatchNormStudy::BatchSizes(const ImageData& data, const OnPart& on_part) const {
  Ablation sizes({"batch_size", "norm"},
                 {"batch_loss_mean", "batch_loss_std", "batch_accuracy_mean", "batch_accuracy_std"});
  for (int64_t size : batch_sizes_) {
    for (const std::string& norm : norms_) {
      std::vector<double> losses, accuracies;
      const auto look = [&](Sequential& model, uint64_t seed, const EpochMetrics& epoch) {
        if (epoch.epoch < study_epochs_) return;
        const Evaluation by_batch = EvaluateByBatch(model, data.train, size, seed);
        losses.push_back(by_batch.loss);
        accuracies.push_back(by_batch.accuracy);
      };
      const auto extra = [&](const Judgement&) {
        std::vector<Cell> cells;
        AppendMean(losses, cells);
        AppendMean(accuracies, cells);
        return cells;
      };
      const RateSearch search = {.rates = study_rates_, .seeds = task_.seeds, .on_part = on_part, .look = look};
      absl::Status status =
          sizes.Add({size, norm}, MethodOf({.norm = norm, .batch_size = size}, data.train), data, search, extra);
      if (!status.ok()) return status;
    }
  }
  return sizes;
}

absl::StatusOr<ExperimentResult> BatchNormStudy::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<ImageData> data = task_.Load(data_dir_);
  if (!data.ok()) return data.status();
  const size_t studied = norms_.size() * (scales_.size() + batch_sizes_.size());
  const int64_t parts = static_cast<int64_t>(norms_.size() * (rates_.size() + 1) + studied * (study_rates_.size() + 1));
  int64_t done = 0;
  const OnPart on_part = [&](const std::string& part) { progress.Part(part, done++, parts); };
  const absl::StatusOr<Ablation> speed = Speed(*data, on_part);
  if (!speed.ok()) return speed.status();
  if (absl::Status status = speed->AllDiverged(); !status.ok()) return status;
  const absl::StatusOr<Ablation> scales = Scales(*data, on_part);
  if (!scales.ok()) return scales.status();
  const absl::StatusOr<Ablation> sizes = BatchSizes(*data, on_part);
  if (!sizes.ok()) return sizes.status();
  absl::StatusOr<ExperimentResult> result = speed->Result(*data, task_.seeds);
  if (!result.ok()) return result.status();
  result->files.insert({{"scales.csv", scales->summary().ToCsv()},
                        {"scale_rates.csv", scales->rates().ToCsv()},
                        {"batch_sizes.csv", sizes->summary().ToCsv()},
                        {"batch_size_rates.csv", sizes->rates().ToCsv()}});
  return result;
}

}  // namespace dl
