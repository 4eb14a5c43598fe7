#include "modules/cnn/experiments/augmentation.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/augmentation.h"
#include "modules/cnn/experiments/ablation.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mean_cells.h"

namespace dl {

void Augmentation::AddFlags(FlagSet& flags) {
  flags.Add("augmentations", &augmentations_, "none, flip, shift:2, crop:4+flip, cutout:8, jitter:0.4, mixup:0.4, ...");
  flags.Add("parts", &parts_, "of the training set: 4 for a quarter of it, gone over four times as often");
  flags.Add("rates", &rates_, "learning rates, of which each gets its best");
  task_.AddFlags(flags);
}

void Augmentation::UseDemoSize() {
  augmentations_ = {"none", "flip", "crop:4", "mixup:0.4"};
  rates_ = {0.01};
  task_.train_size = 400;
  task_.validation_size = 100;
  task_.test_size = 200;
  task_.epochs = 5;
  task_.seeds = {1, 2};
}

absl::Status Augmentation::CheckFlags() const {
  absl::Status augmentations = WantsSome("augmentations", augmentations_);
  for (const std::string& augmentation : augmentations_) augmentations.Update(ParseAugmentation(augmentation).status());
  if (absl::Status status = task_.CheckFlags(); !status.ok()) return status;
  return FirstError({augmentations, WantsSome("parts", parts_),
                     WantsBetween("parts", parts_, 1, task_.train_size / task_.batch_size, "train_size / batch_size"),
                     WantsSome("rates", rates_), WantsPositive("rates", rates_)});
}

absl::Status Augmentation::CheckImages(const Dataset& train) const {
  absl::Status status;
  for (const std::string& augmentation : augmentations_) {
    status.Update(CheckAugmentation(*ParseAugmentation(augmentation), train.example_shape));
  }
  return status;
}

Method Augmentation::MethodOf(const std::string& augmentation, const Dataset& train) const {
  TrainOptions training = task_.Training();
  training.augmentation = *ParseAugmentation(augmentation);
  training.epochs = task_.epochs * task_.train_size / train.size();
  const int64_t steps = training.epochs * (train.size() / training.batch_size);
  return {.name = absl::StrCat("adam, augmentation ", augmentation, ", ", train.size(), " examples"),
          .model =
              [net = NetFor(train)](uint64_t seed) {
                Random random(seed);
                return StridedNet(random, net);
              },
          .optimizer = [steps](std::vector<Variable> parameters,
                               double rate) { return Adam(std::move(parameters), {.rate = CosineDecay(rate, steps)}); },
          .train = training};
}

absl::StatusOr<ExperimentResult> Augmentation::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<ImageData> data = task_.Load(data_dir_);
  if (!data.ok()) return data.status();
  if (absl::Status status = CheckImages(data->train); !status.ok()) return status;
  const int64_t all = static_cast<int64_t>(parts_.size() * augmentations_.size() * (rates_.size() + 1));
  int64_t done = 0;
  const RateSearch search = {.rates = rates_, .seeds = task_.seeds, .on_part = [&](const std::string& part) {
                               progress.Part(part, done++, all);
                             }};
  Ablation ablation({"dataset", "train_size", "augmentation"}, {"gain_mean", "gain_std"});
  for (int64_t part : parts_) {
    ImageData some = *data;
    some.train = FirstExamples(std::move(some.train), task_.train_size / part);
    std::vector<double> plain;  // test accuracies without augmentation
    for (const std::string& augmentation : augmentations_) {
      const auto extra = [&](const Judgement& judgement) {
        const std::vector<double> accuracies = judgement.Of([](const JudgedRun& run) { return run.test.accuracy; });
        if (augmentation == "none") plain = accuracies;
        std::vector<double> gains;
        for (size_t i = 0; i < std::min(plain.size(), accuracies.size()); ++i) {
          gains.push_back(accuracies[i] - plain[i]);
        }
        std::vector<Cell> cells;
        AppendMean(gains, cells);
        return cells;
      };
      absl::Status status = ablation.Add({some.train.name, some.train.size(), augmentation},
                                         MethodOf(augmentation, some.train), some, search, extra);
      if (!status.ok()) return status;
    }
  }
  return ablation.Result(*data, task_.seeds);
}

}  // namespace dl
