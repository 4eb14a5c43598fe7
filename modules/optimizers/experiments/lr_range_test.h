// Can a learning rate be found without a sweep?
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_LR_RANGE_TEST_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_LR_RANGE_TEST_H_

#include <string>
#include <vector>

#include "modules/training/experiment.h"

namespace dl {

// The learning-rate finder (modules/training/rate_finder.h) beside what it is to replace: a grid of rates, each tried
// in a training of full length. Each optimizer's grid stands around its typical rate and has the same size. Every seed
// makes one network, one range test, and trains with what that test suggests.
//
//   summary.csv  each optimizer and origin of a rate, "steepest", "lowest/10" or "grid": the rate (of suggestions the
//                geometric mean), the largest suggestion over the smallest, the rate over the grid's, training loss in
//                the last epoch, what that loss is above the grid's for the same seed, and test accuracy, of the n runs
//                that did not diverge; empty where a number has no runs
//   metrics.csv  each step of the range tests ("range test": loss and smoothed loss of a batch) and each training, by
//                the origin of its rate: training loss in the last epoch and test accuracy, empty where it diverged
class LrRangeTest : public Experiment {
 public:
  std::string name() const override { return "lr_range_test"; }
  std::string question() const override { return "Can a learning rate be found without a sweep?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  absl::Status CheckFlags() const;

  std::vector<std::string> optimizers_ = {"sgd", "momentum", "adam"};
  int64_t rates_ = 9;
  double ratio_ = 2;
  double lowest_rate_ = 1e-6, highest_rate_ = 10, smoothing_ = 0.98;
  int64_t range_steps_ = 300;
  int64_t train_size_ = 4000, test_size_ = 2000;
  std::vector<int64_t> hidden_ = {64};
  int64_t epochs_ = 5, batch_size_ = 32;
  std::vector<uint64_t> seeds_ = {1, 2, 3, 4, 5, 6, 7, 8};
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_LR_RANGE_TEST_H_
