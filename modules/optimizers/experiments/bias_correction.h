// What does Adam's bias correction correct?
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_BIAS_CORRECTION_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_BIAS_CORRECTION_H_

#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/optimizers/optimizer.h"
#include "modules/training/experiment.h"

namespace dl {

// Two answers. How much too long the steps are without it: ratios.csv has the ratio of the lengths at each step, measured
// and by theory; first_steps.csv its first, its greatest, and the step from which on it is right to a tenth. And what
// that does to a training, for each β₂: with and without, with a linear warm-up instead and with both, each at its own
// best rate. summary: one row a β₂ and method; metrics: the loss as the training goes, at that rate; sweep.csv: all
// rates.
class BiasCorrection : public Experiment {
 public:
  std::string name() const override { return "bias_correction"; }
  std::string question() const override { return "What does Adam's bias correction correct?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Method;
  struct Outcome;
  struct Trial;
  struct Tables;

  absl::Status CheckFlags() const;
  void MeasureSteps(Tables& tables) const;
  std::unique_ptr<Optimizer> Make(const Method& method, double beta2, double rate, std::vector<Variable> parameters) const;
  absl::StatusOr<Outcome> TrainOnce(const Method& method, double beta2, double rate, const TrainTest& data,
                                    uint64_t seed) const;
  absl::StatusOr<Trial> TrainAll(const Method& method, double beta2, double rate, const TrainTest& data) const;
  absl::Status Compare(const Method& method, double beta2, const TrainTest& data, Progress& progress,
                       Tables& tables) const;

  std::vector<double> step_beta1s_ = {0.9, 0}, step_beta2s_ = {0.9, 0.99, 0.999, 0.9999};
  int64_t first_steps_ = 30000;
  std::vector<double> beta2s_ = {0.99, 0.999, 0.9999};
  std::vector<double> learning_rates_ = {1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1};
  int64_t warmup_ = 50;
  int64_t steps_ = 300, window_ = 50;
  int64_t hidden_ = 64, batch_size_ = 64;
  int64_t train_size_ = 4000, test_size_ = 1000;
  std::vector<uint64_t> seeds_ = {1, 2, 3, 4, 5};
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_BIAS_CORRECTION_H_
