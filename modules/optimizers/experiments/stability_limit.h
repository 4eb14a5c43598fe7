// Above which learning rate does gradient descent leave a minimum?
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_STABILITY_LIMIT_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_STABILITY_LIMIT_H_

#include <string>
#include <vector>

#include "modules/training/experiment.h"

namespace dl {

// On quadratics of highest eigenvalue L: the rate between descents that come closer and descents that stray, found by
// bisection, for gradient descent and its two momenta. summary: one row a method, momentum and L, beside theory's 2 / L,
// 2 (1 + μ) / L of the heavy ball and 2 (1 + μ) / ((1 + 2 μ) L) of Nesterov's. metrics: the distance against steps for
// rates on either side of the limit.
class StabilityLimit : public Experiment {
 public:
  std::string name() const override { return "stability_limit"; }
  std::string question() const override { return "Above which learning rate does gradient descent leave a minimum?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Setting;

  std::vector<Setting> Settings() const;
  absl::StatusOr<double> MeasureLimit(const Setting& setting) const;
  absl::Status WalkAtTheEdge(const Setting& setting, Table& metrics) const;

  std::vector<double> momenta_ = {0, 0.5, 0.8, 0.9, 0.95, 0.99};
  std::vector<double> curvatures_ = {1, 10, 100};
  double condition_ = 10;
  int64_t dimension_ = 10;
  std::vector<double> parts_ = {0.9, 0.99, 1.01, 1.1};
  int64_t steps_ = 200;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_STABILITY_LIMIT_H_
