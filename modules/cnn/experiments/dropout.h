// What does dropout do where examples are few?
#ifndef MODULES_CNN_EXPERIMENTS_DROPOUT_H_
#define MODULES_CNN_EXPERIMENTS_DROPOUT_H_

#include <string>
#include <vector>

#include "modules/cnn/experiments/image_task.h"
#include "modules/cnn/experiments/rate_choice.h"
#include "modules/training/experiment.h"

namespace dl {

// One network without normalisation, trained on few examples by Adam with a cosine schedule: with dropout of the dense
// layer's inputs, of the elements or of the maps behind each convolution, at several rates; beside it weight decay
// (AdamW), of several strengths. Each gets its own learning rate, that of the lowest validation error.
//
//   summary.csv  each place ("none", "inputs", "elements", "maps", "weight decay") and strength, a rate of dropout or a
//                decay
//   metrics.csv  learning curves; what training meets is already dropped, so its loss is above that of evaluation
//   rates.csv    every learning rate
class DropoutStudy : public Experiment {
 public:
  std::string name() const override { return "dropout"; }
  std::string question() const override { return "What does dropout do where examples are few?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Setting;

  absl::Status CheckFlags() const;
  std::vector<Setting> Settings() const;
  Method MethodOf(const Setting& setting, const Dataset& train) const;

  std::vector<std::string> places_ = {"inputs", "elements", "maps"};
  std::vector<double> drops_ = {0.1, 0.2, 0.3, 0.5, 0.7}, decays_ = {0.3, 1, 3, 10};
  std::vector<double> rates_ = {0.001, 0.003, 0.01, 0.03};
  ImageTask task_ = {
      .held_out = true, .train_size = 500, .validation_size = 400, .test_size = 1000, .epochs = 30, .batch_size = 25};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_DROPOUT_H_
