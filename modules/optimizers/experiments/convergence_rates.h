// How fast does each optimizer converge on a quadratic, measured against theory?
//
// Three answers, as exponents of laws of powers. The steps against the condition number κ, gradient descent and its two
// momenta with the constants that theory gives them. The same of optimizers at the rates that suit them best, where the
// axes are the eigenvectors and where they are not. And, in noise, the gap f - f* that is left: against the rate where
// it is constant, against time where it falls.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_CONVERGENCE_RATES_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_CONVERGENCE_RATES_H_

#include <string>
#include <vector>

#include "modules/optimizers/optimizer_by_name.h"
#include "modules/training/experiment.h"

namespace dl {

// summary: one row per law. metrics: distance against steps with theory's constants. contraction.csv: the factor of
// a step, measured and by theory. steps.csv: steps against κ. noise.csv: the gap against steps. floors.csv: the gap
// against the rate.
class ConvergenceRates : public Experiment {
 public:
  std::string name() const override { return "convergence_rates"; }
  std::string question() const override { return "How fast does each optimizer converge, measured against theory?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Tables;

  absl::Status CheckFlags() const;
  absl::Status MeasureConstants(Progress& progress, Tables& tables) const;
  absl::Status MeasureTuned(bool rotated, const NamedOptimizer& optimizer, Progress& progress, Tables& tables) const;
  absl::Status MeasureDecays(Progress& progress, Tables& tables) const;
  absl::Status MeasureFloors(Progress& progress, Tables& tables) const;

  std::vector<double> conditions_ = {10, 31.6228, 100, 316.228, 1000, 3162.28, 10000};
  int64_t dimension_ = 50;
  double tolerance_ = 1e-6;
  std::vector<std::string> optimizers_ = {"sgd", "momentum", "nesterov", "adagrad", "rmsprop:epsilon=0",
                                          "adam:epsilon=0"};
  std::vector<double> tuned_conditions_ = {10, 31.6228, 100, 316.228, 1000, 3162.28, 10000};
  double lowest_rate_ = 1e-4, highest_rate_ = 100;
  int64_t rates_per_decade_ = 8;
  double tuned_tolerance_ = 1e-3;
  int64_t most_steps_ = 50000;
  std::vector<uint64_t> starts_ = {1, 2, 3};
  double noise_ = 1;
  int64_t octaves_ = 16;
  std::vector<double> floor_rates_ = {0.02, 0.04, 0.08, 0.16, 0.32, 0.64};
  std::vector<uint64_t> seeds_ = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_CONVERGENCE_RATES_H_
