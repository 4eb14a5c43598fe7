// What is a falling learning rate worth?
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_SCHEDULES_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_SCHEDULES_H_

#include <string>
#include <vector>

#include "modules/optimizers/experiments/mlp_task.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/training/experiment.h"

namespace dl {

// One network, trained by each optimizer along each schedule on one budget of steps. Each pair gets the peak rate, of
// equal ratios around four times the optimizer's usual rate, that leaves it the lowest training loss in the last epoch.
//
//   summary.csv  one row a pair: its end, and by how much its losses are lower than along the first of --schedules,
//                paired by seed; a gain, or loss, is `clear` where it is more than twice its standard deviation
//   sweep.csv    all peak rates
//   metrics.csv  the runs at the chosen ones, one row an epoch; rate is that of the epoch's last step
//   drawn.csv    the schedules themselves: rate / peak against the part of the steps that is done; "plateau", which
//                looks at the training loss, as the first seed's run went, a curve an optimizer
class Schedules : public Experiment {
 public:
  std::string name() const override { return "schedules"; }
  std::string question() const override { return "What is a falling learning rate worth?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Findings;
  struct Tables;

  absl::Status CheckFlags() const;
  absl::StatusOr<Findings> Examine(const NamedOptimizer& optimizer, const std::string& schedule, const TrainTest& data,
                                   int64_t done, Progress& progress) const;
  std::vector<double> RatesTaken(const Findings& f, size_t seed) const;
  void AddRows(const Findings& f, const Findings& yardstick, Tables& tables) const;
  void AddDrawing(const std::string& schedule, const std::vector<Findings>& all, Table& drawn) const;

  std::vector<std::string> optimizers_ = {"momentum", "adam"};
  std::vector<std::string> schedules_ = {"constant",      "step",   "multi_step",    "exponential", "linear",
                                         "polynomial",    "cosine", "warm_restarts", "one_cycle",   "warmup_constant",
                                         "warmup_cosine", "plateau"};
  int64_t rates_ = 7;
  double ratio_ = 2;
  MlpTask task_ = {.train_size = 8000, .test_size = 2000, .epochs = 6, .seeds = {1, 2, 3, 4, 5}};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_SCHEDULES_H_
