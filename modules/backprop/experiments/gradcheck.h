// Is every gradient of this project right?
#ifndef MODULES_BACKPROP_EXPERIMENTS_GRADCHECK_H_
#define MODULES_BACKPROP_EXPERIMENTS_GRADCHECK_H_

#include <string>
#include <utility>
#include <vector>

#include "modules/backprop/experiments/op_table.h"
#include "modules/training/experiment.h"

namespace dl {

// Checks every entry of a table of operations in f64 and in f32 at a row of steps, and f32 against f64. Run is Internal
// where a gradient is wrong, and says which: in f64 at the step of the verdict the error must be within the entry's
// bar, and the f32 gradient must be the f64 one but for rounding.
class GradCheck : public Experiment {
 public:
  explicit GradCheck(std::vector<OpEntry> table = OpTable()) : table_(std::move(table)) {}

  std::string name() const override { return "gradcheck"; }
  std::string question() const override { return "Is every gradient of this project right?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override { steps_f64_ = steps_f32_ = {}; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  std::vector<OpEntry> table_;
  std::vector<std::string> ops_;
  double step_ = 1e-5;
  std::vector<double> steps_f64_ = {1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9};
  std::vector<double> steps_f32_ = {1e-1, 1e-2, 1e-3, 1e-4};
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_GRADCHECK_H_
