// Do our optimizers end where those of others do?
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_PUBLISHED_TRACES_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_PUBLISHED_TRACES_H_

#include <string>

#include "modules/training/experiment.h"

namespace dl {

// The traces of d2l.ai on f = 0.1 x² + 2 y² from (-5, -2), 20 steps each, and those of optax's example on Rosenbrock's
// function from (-3, 5), 100,000 steps of Adam in f32. summary: where each ends, to six decimals, beside the published
// end; `difference` is the greater one of the two coordinates'. metrics: the traces of 20 steps, step by step. map.csv:
// the same over contours.
class PublishedTraces : public Experiment {
 public:
  std::string name() const override { return "published_traces"; }
  std::string question() const override { return "Do our optimizers end where those of others do?"; }
  void AddFlags(FlagSet&) override {}  // a trace is what it is
  void UseDemoSize() override {}
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_PUBLISHED_TRACES_H_
