// Which way does each optimizer go down, and how soon does it arrive?
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_TRAJECTORIES_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_TRAJECTORIES_H_

#include <string>
#include <vector>

#include "modules/optimizers/experiments/race.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/training/experiment.h"

namespace dl {

// Every optimizer on every surface, in double. It has arrived once f stays within the tolerance of the minimum; where
// it is told no rate it takes the best one of a ladder, the same for all (race.h). metrics: the paths until they
// arrive, without points that a picture could not tell apart. summary: one row an optimizer and surface; `steps` is
// empty if it never arrived, settled_value is the highest f of the last tenth of all steps, and the end that of all.
// steps.csv: the steps alone, a column a surface. map.csv: what the figures are drawn from.
class Trajectories : public Experiment {
 public:
  Trajectories();

  std::string name() const override { return "trajectories"; }
  std::string question() const override {
    return "Which way does each optimizer go down, and how soon does it arrive?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  absl::Status CheckFlags() const;
  // With --start in place of their own.
  absl::StatusOr<std::vector<Surface>> Surfaces() const;
  // What someone else got to, where the flags are those of that run.
  Cell Published(const Surface& surface, const NamedOptimizer& optimizer) const;

  std::vector<std::string> functions_ = {"all"};
  std::vector<std::string> optimizers_;
  double rate_ = 0;
  Race race_;
  std::vector<double> start_;
  int64_t grid_ = 60;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_TRAJECTORIES_H_
