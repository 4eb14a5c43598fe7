// Should weights decay through the gradient or apart from it?
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_WEIGHT_DECAY_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_WEIGHT_DECAY_H_

#include <functional>
#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "datasets/normalization.h"
#include "modules/optimizers/experiments/decay_forms.h"
#include "modules/optimizers/experiments/decay_grid.h"
#include "modules/optimizers/experiments/mlp_task.h"
#include "modules/training/experiment.h"

namespace dl {

// A network on few examples, each optimizer with each form of decay, at every learning rate × strength of decay. The
// best of each form is the one of the lowest mean validation error.
//
//   summary.csv   one row an optimizer and form: the test error of its best with and without decay (plain), the gain of
//                 the one over the other, paired by seed, and the slope of the best decay (DecaySlopes)
//   grid.csv      every rate × decay, averaged over the seeds
//   metrics.csv   every run
//   identity.csv  plain gradient descent at its usual rate, trained with both forms, decay = rate · l2: how far their
//                 weights are apart, ||w - w'|| / ||w||, after the first and the last epoch
class WeightDecay : public Experiment {
 public:
  std::string name() const override { return "weight_decay"; }
  std::string question() const override { return "Should weights decay through the gradient or apart from it?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Data {
    TrainTest train;  // with an empty test set: nobody looks before the end
    Dataset validation, test;
    Normalization normalization;
  };
  struct Tables;

  absl::Status CheckFlags() const;
  absl::StatusOr<Data> Load() const;
  const std::vector<double>& Decays(DecayForm form) const { return form == DecayForm::kL2 ? l2_ : decoupled_; }
  // Trains `mlp`; after_epoch as in TrainOptions.
  absl::StatusOr<double> Train(Sequential& mlp, const std::string& optimizer, DecayForm form, double rate, double decay,
                               const Data& data, uint64_t seed,
                               const std::function<void(const EpochMetrics&)>& after_epoch = {}) const;
  absl::StatusOr<DecayTrial> Try(const std::string& optimizer, DecayForm form, double rate, double decay,
                                 const Data& data, absl::Status& divergence) const;
  absl::StatusOr<std::vector<DecayTrial>> Grid(const std::string& optimizer, DecayForm form, const Data& data,
                                               Progress& progress, int64_t& done, absl::Status& divergence) const;
  void AddRows(const std::string& optimizer, DecayForm form, const std::vector<DecayTrial>& grid, Tables& tables) const;
  void AddSummaryRow(const std::string& optimizer, DecayForm form, const std::vector<DecayTrial>& grid,
                     Table& summary) const;
  absl::StatusOr<Table> Identity(const Data& data) const;

  std::vector<std::string> optimizers_ = DecayingOptimizers();
  std::vector<double> l2_ = {0, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3}, decoupled_ = {0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2};
  int64_t rates_ = 7, validation_size_ = 2000;
  double ratio_ = 3.1622776601683795;
  MlpTask task_ = {.train_size = 1000, .test_size = 2000, .epochs = 60};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_WEIGHT_DECAY_H_
