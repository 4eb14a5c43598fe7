// What does batch normalisation change?
#ifndef MODULES_CNN_EXPERIMENTS_BATCH_NORM_H_
#define MODULES_CNN_EXPERIMENTS_BATCH_NORM_H_

#include <functional>
#include <string>
#include <vector>

#include "modules/cnn/experiments/ablation.h"
#include "modules/cnn/experiments/image_task.h"
#include "modules/cnn/experiments/rate_choice.h"
#include "modules/training/experiment.h"

namespace dl {

// One network, trained by momentum at a constant rate, with each normalisation behind its convolutions, and with none:
// how fast it learns and up to which rate; from weights of which size; with batches of which size. Each setting of each
// normalisation gets its own best rate, that of the lowest training loss.
//
//   summary.csv      each normalisation as it comes: epochs_to_first, until the training loss is where the first one's
//                    ends, of the `reached` seeds that get there; largest_rate, the largest of --rates at which no seed
//                    diverged and the loss fell to 90 % of guessing's, the logarithm of the number of classes
//   metrics.csv      its learning curves
//   scales.csv       weights that start from a normal distribution of deviation `scale`
//   batch_sizes.csv  the same number of examples in batches of several sizes; batch_loss and batch_accuracy are the
//                    trained network's on the training set in such batches, still in training mode
//   rates.csv, scale_rates.csv, batch_size_rates.csv  every rate
class BatchNormStudy : public Experiment {
 public:
  std::string name() const override { return "batch_norm"; }
  std::string question() const override { return "What does batch normalisation change?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Setting;
  using OnPart = std::function<void(const std::string& part)>;  // told before each part of the work

  absl::Status CheckFlags() const;
  Method MethodOf(const Setting& setting, const Dataset& train) const;
  absl::StatusOr<Ablation> Speed(const ImageData& data, const OnPart& on_part) const;
  absl::StatusOr<Ablation> Scales(const ImageData& data, const OnPart& on_part) const;
  absl::StatusOr<Ablation> BatchSizes(const ImageData& data, const OnPart& on_part) const;

  std::vector<std::string> norms_ = NormNames();
  std::vector<int64_t> widths_ = {16, 32, 32, 64, 64};
  std::vector<double> rates_ = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5};
  std::vector<double> study_rates_ = {0.0001, 0.0005, 0.002, 0.008, 0.032, 0.128, 0.512};
  std::vector<double> scales_ = {1e-4, 1e-2, 0.05, 0.2, 1};
  std::vector<int64_t> batch_sizes_ = {2, 8, 32, 256};
  int64_t study_epochs_ = 6;
  ImageTask task_ = {.train_size = 1000, .test_size = 500, .epochs = 6, .batch_size = 25};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_BATCH_NORM_H_
