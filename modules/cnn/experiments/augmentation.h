// Which changes to the images help, and for how many examples are they a substitute?
#ifndef MODULES_CNN_EXPERIMENTS_AUGMENTATION_H_
#define MODULES_CNN_EXPERIMENTS_AUGMENTATION_H_

#include <string>
#include <vector>

#include "modules/cnn/experiments/image_task.h"
#include "modules/cnn/experiments/rate_choice.h"
#include "modules/training/experiment.h"

namespace dl {

// One network, with batch normalisation and Adam with a cosine schedule, on training sets of several sizes, each
// augmented in several ways. All runs see as many images: a half of the training set is gone over twice as often. Each
// gets its own learning rate, that of the lowest validation error.
//
//   summary.csv  each train_size and augmentation; gain is the test accuracy above that of no augmentation, paired by
//                seed, empty where that is not among them or comes later
//   metrics.csv  learning curves; what training meets is augmented
//   rates.csv    every learning rate
class Augmentation : public Experiment {
 public:
  std::string name() const override { return "augmentation"; }
  std::string question() const override {
    return "Which changes to the images help, and for how many examples are they a substitute?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  absl::Status CheckFlags() const;
  absl::Status CheckImages(const Dataset& train) const;
  Method MethodOf(const std::string& augmentation, const Dataset& train) const;

  std::vector<std::string> augmentations_ = {"none",     "flip",       "shift:2",   "crop:4",
                                             "cutout:8", "jitter:0.4", "mixup:0.4", "crop:4+flip+cutout:8+jitter:0.4"};
  std::vector<int64_t> parts_ = {4, 1};
  std::vector<double> rates_ = {0.003, 0.01, 0.03};
  ImageTask task_ = {
      .held_out = true, .train_size = 1600, .validation_size = 500, .test_size = 1000, .epochs = 12, .batch_size = 50};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_AUGMENTATION_H_
