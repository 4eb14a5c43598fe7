// How much does an optimizer suffer from a learning rate that is off?
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_SENSITIVITY_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_SENSITIVITY_H_

#include <string>
#include <vector>

#include "modules/optimizers/experiments/mlp_task.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/training/experiment.h"

namespace dl {

// One network, trained by each optimizer at rates of equal ratios around the optimizer's usual one. The final loss is
// the training loss of the last epoch; a rate at which a seed diverges has none.
//
//   summary.csv  the best rate and, in decades, how wide the range of rates is whose final loss is within --margin of
//                the optimizer's own best (decades), or of the best of all optimizers (common_decades; 0 where none
//                is); range_low to range_high is the former for the mean over the seeds, `open` says at which end the
//                search stopped before the range did
//   sweep.csv    all rates
//   metrics.csv  all runs, one row an epoch
class Sensitivity : public Experiment {
 public:
  std::string name() const override { return "sensitivity"; }
  std::string question() const override {
    return "How much does an optimizer suffer from a learning rate that is off?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  absl::Status CheckFlags() const;

  std::vector<std::string> optimizers_ = OptimizerNames();
  int64_t rates_ = 19;
  double ratio_ = 2;
  double margin_ = 0.1;  // nats
  MlpTask task_ = {.train_size = 10000, .epochs = 3};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_SENSITIVITY_H_
