// What becomes of each optimizer when its valley is turned?
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_ROTATION_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_ROTATION_H_

#include <string>
#include <vector>

#include "modules/optimizers/experiments/race.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/training/experiment.h"

namespace dl {

// ½ (u² + κ v²) and the start turned by an angle, so that only the axes are new: an optimizer that treats all
// directions alike takes the same path, turned; one that gives each coordinate a rate of its own does not. metrics: the
// steps until f stays within the tolerance, at the rate that is best at 0° and at the best one of each angle, both out
// of a ladder (race.h); empty if it never gets there. summary: the same at 0° and 45°, and by how much the path at
// 45°, turned back, strays from that at 0° in the first steps; by less than a millionth, and it is called invariant.
class Rotation : public Experiment {
 public:
  Rotation();

  std::string name() const override { return "rotation"; }
  std::string question() const override { return "What becomes of each optimizer when its valley is turned?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  absl::Status CheckFlags() const;
  // One optimizer at all angles; whether it went anywhere without diverging.
  absl::StatusOr<bool> Measure(const NamedOptimizer& optimizer, Table& metrics, Table& summary) const;

  std::vector<std::string> optimizers_;
  std::vector<double> angles_ = {0, 7.5, 15, 22.5, 30, 37.5, 45, 52.5, 60, 67.5, 75, 82.5, 90};
  double condition_number_ = 100;
  Race race_;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_ROTATION_H_
