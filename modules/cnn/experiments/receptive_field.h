// How much of its receptive field does a unit really listen to?
#ifndef MODULES_CNN_EXPERIMENTS_RECEPTIVE_FIELD_H_
#define MODULES_CNN_EXPERIMENTS_RECEPTIVE_FIELD_H_

#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/backprop/layer.h"
#include "modules/training/experiment.h"

namespace dl {

// networks.csv: the theoretical field of known networks, beside what was published. metrics and summary: the effective
// field of stacks of convolutions at the start, by kind and depth, beside the theoretical one and what theory expects
// of the effective one; exponents.csv: of the power of the depth with which it grows. trained.csv: that of the last map
// of two networks, before and after they learn a data set: small_cnn of four convolutions, and resnet8. maps.csv: the
// influence of each pixel in all of these, over the largest.
class ReceptiveFieldExperiment : public Experiment {
 public:
  std::string name() const override { return "receptive_field"; }
  std::string question() const override { return "How much of its receptive field does a unit really listen to?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Tables;

  absl::Status CheckFlags() const;
  absl::Status MeasureStacks(Progress& progress, Tables& tables) const;
  absl::Status MeasureTrained(const TrainTest& data, Progress& progress, Tables& tables) const;
  absl::StatusOr<double> Train(Layer& model, const std::string& name, const TrainTest& data, uint64_t seed,
                               Progress& progress) const;

  std::vector<std::string> kinds_ = {"uniform", "linear", "relu", "residual"};
  std::vector<int64_t> depths_ = {1, 2, 4, 8, 16, 32};
  int64_t channels_ = 16, images_ = 8;
  std::string dataset_ = "shapes";
  int64_t train_size_ = 3000, test_size_ = 1000, epochs_ = 10, batch_size_ = 32;
  double learning_rate_ = 3e-3;
  std::vector<uint64_t> seeds_ = {1, 2, 3};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_RECEPTIVE_FIELD_H_
