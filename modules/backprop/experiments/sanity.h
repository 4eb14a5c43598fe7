// Which three checks should every new network pass?
//
// Before training: the loss of an undecided network is ln K for K classes, and regularisation adds exactly what its
// formula says. Then the network learns a handful of pictures by heart. The checks are run on a sound network and on
// networks with one fault each, to show which check catches what.
#ifndef MODULES_BACKPROP_EXPERIMENTS_SANITY_H_
#define MODULES_BACKPROP_EXPERIMENTS_SANITY_H_

#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/training/classifier.h"
#include "modules/training/experiment.h"

namespace dl {

class Sanity : public Experiment {
 public:
  std::string name() const override { return "sanity"; }
  std::string question() const override { return "Which three checks should every new network pass?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Findings {
    double chance_loss;                // nats
    double penalty, expected_penalty;  // nats
    std::vector<EpochMetrics> steps;   // of learning by heart; .test is after the step, on the same pictures
    int64_t steps_to_fit;              // the whole budget where it does not fit
    bool fits;
    double test_accuracy;
  };

  absl::Status CheckFlags() const;
  absl::StatusOr<Findings> Examine(const std::string& fault, const TrainTest& data, uint64_t seed) const;

  std::vector<std::string> faults_ = {"none",         "large_start", "double_softmax", "flipped_gradient",
                                      "blank_images", "no_penalty",  "frozen_layer",   "shuffled_labels"};
  int64_t images_ = 50, test_size_ = 1000, steps_ = 200;
  std::vector<int64_t> hidden_ = {64, 64};
  double learning_rate_ = 1e-3, lambda_ = 1e-2;
  std::vector<uint64_t> seeds_ = {1, 2, 3, 4, 5};
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_SANITY_H_
