// What does weight decay do to weights whose size does not matter?
#ifndef MODULES_CNN_EXPERIMENTS_WEIGHT_DECAY_H_
#define MODULES_CNN_EXPERIMENTS_WEIGHT_DECAY_H_

#include <string>
#include <vector>

#include "modules/cnn/experiments/image_task.h"
#include "modules/cnn/experiments/rate_choice.h"
#include "modules/training/experiment.h"

namespace dl {

// In front of a batch normalisation, a convolution's weights w and 2 w compute the same: only their direction matters,
// and a step of rate η turns it by about η / ||w||², the effective rate (van Laarhoven 2017), with Adam, which does not
// mind how long the gradient is, η / ||w||; what momentum adds up is left out. One network with batch
// normalisation, trained by momentum at a constant rate with L2 regularisation of all weights, of the convolutions
// only, or of all but those (the dense layer and the normalisations' scales); and by AdamW. Each gets its own learning
// rate, that of the lowest validation error.
//
//   summary.csv  each optimizer, scope ("none", "all", "convolutions", "others") and decay; at the end the norm of the
//                convolutions' weights, as one vector, and the effective rate
//   metrics.csv  learning curves
//   norms.csv    norm and effective rate after each epoch, averaged over the seeds
//   rates.csv    every learning rate
class ConvWeightDecay : public Experiment {
 public:
  std::string name() const override { return "weight_decay"; }
  std::string question() const override { return "What does weight decay do to weights whose size does not matter?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Setting;

  absl::Status CheckFlags() const;
  std::vector<Setting> Settings() const;
  Method MethodOf(const Setting& setting, const Dataset& train) const;

  std::vector<std::string> scopes_ = {"all", "convolutions", "others"};
  std::vector<double> decays_ = {3e-3, 1e-2, 3e-2, 0.1, 0.3}, adamw_decays_ = {0.1, 0.3, 1, 3, 10};
  std::vector<double> rates_ = {0.001, 0.003, 0.01, 0.03, 0.1}, adamw_rates_ = {0.001, 0.003, 0.01, 0.03};
  ImageTask task_ = {
      .held_out = true, .train_size = 1000, .validation_size = 500, .test_size = 1000, .epochs = 10, .batch_size = 50};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_WEIGHT_DECAY_H_
