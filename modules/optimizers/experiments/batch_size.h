// How many examples should a step look at?
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_BATCH_SIZE_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_BATCH_SIZE_H_

#include <string>
#include <vector>

#include "modules/training/experiment.h"

namespace dl {

// One multilayer perceptron, trained by plain gradient descent with batches of one example, of some, and of all. Each
// batch size gets the rate of --rates that leaves it the lowest training loss after --epochs, all on an equal number of
// examples; those at which a seed diverged are out. With it, it then trains until it has made --steps steps and seen
// --epochs times all examples, whichever comes last. Then the noise of the gradient is measured where training starts,
// and where the batch size of the lowest loss has led after --epochs.
//
//   summary.csv        each batch size: its best rate, loss on the training set and test accuracy after the same number
//                      of examples and of steps; diverged_at is the first step at which a longer run failed
//   metrics.csv        the same as training goes on, at steps that grow by half
//   sweep.csv          all rates
//   noise.csv          the variance of a batch's gradient, measured and predicted from single examples, for each seed
//   noise_summary.csv  |G|², tr(Σ), their ratio, and the slope of log variance against log batch size
//
// How long an example takes is the matter of `bazel run //tools:bench -- --only=batch_size`.
class BatchSize : public Experiment {
 public:
  std::string name() const override { return "batch_size"; }
  std::string question() const override { return "How many examples should a step look at?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  absl::Status CheckFlags() const;

  std::vector<int64_t> batch_sizes_ = {1, 8, 64, 512, 0};
  std::vector<double> rates_ = {0.00125, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28};
  int64_t train_size_ = 4096, test_size_ = 2000;
  std::vector<int64_t> hidden_ = {32};
  int64_t epochs_ = 8, steps_ = 256;
  std::vector<int64_t> noise_batch_sizes_ = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
  int64_t noise_examples_ = 16384;
  std::vector<uint64_t> seeds_ = {1, 2, 3, 4, 5};
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_BATCH_SIZE_H_
