// Can an engine of a page and a half of code learn to tell two moons apart? The demo of micrograd (Karpathy 2020).
#ifndef MODULES_BACKPROP_EXPERIMENTS_SCALAR_ENGINE_H_
#define MODULES_BACKPROP_EXPERIMENTS_SCALAR_ENGINE_H_

#include <string>
#include <vector>

#include "modules/training/experiment.h"

namespace dl {

// Full-batch gradient descent on the hinge loss and a penalty of 1e-4 times the squares of the parameters, at a rate
// that falls linearly to a tenth. A step's loss and accuracy are measured before its update, as micrograd prints them.
class ScalarEngine : public Experiment {
 public:
  std::string name() const override { return "scalar_engine"; }
  std::string question() const override {
    return "Can an engine of a page and a half of code learn to tell two moons apart?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override { seeds_ = {1, 2, 3}; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  absl::Status CheckFlags(const std::vector<int64_t>& widths) const;
  // The published number where the flags are those of the published run, else nothing.
  Cell Published(double number) const;

  int64_t points_ = 100, steps_ = 100;
  std::vector<int64_t> hidden_ = {16, 16};
  double learning_rate_ = 1.0;
  std::vector<uint64_t> seeds_ = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_SCALAR_ENGINE_H_
