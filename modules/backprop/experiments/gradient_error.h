// Where does a numerical derivative err least?
#ifndef MODULES_BACKPROP_EXPERIMENTS_GRADIENT_ERROR_H_
#define MODULES_BACKPROP_EXPERIMENTS_GRADIENT_ERROR_H_

#include <string>
#include <vector>

#include "modules/training/experiment.h"

namespace dl {

// The relative error of forward and central differences at steps h from 1e-1 down to 1e-15, in f32 and f64: of a smooth
// function at random points, and of a small network's loss with respect to its first weights. The truth is the gradient
// of the graph in f64.
class GradientError : public Experiment {
 public:
  std::string name() const override { return "gradient_error"; }
  std::string question() const override { return "Where does a numerical derivative err least?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override { steps_per_decade_ = 3; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  int steps_per_decade_ = 10;
  std::vector<uint64_t> seeds_ = {1, 2, 3, 4, 5};
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_GRADIENT_ERROR_H_
