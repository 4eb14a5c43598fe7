// Is the simplified backward pass of batch normalisation the same as the staged one?
//
// Both, and some wrong formulas, are held against central differences: once with a random upstream gradient, once with
// one of all ones, which most of the wrong formulas survive.
#ifndef MODULES_BACKPROP_EXPERIMENTS_BATCHNORM_BACKWARD_H_
#define MODULES_BACKPROP_EXPERIMENTS_BATCHNORM_BACKWARD_H_

#include <string>
#include <vector>

#include "modules/training/experiment.h"

namespace dl {

class BatchNormBackward : public Experiment {
 public:
  std::string name() const override { return "batchnorm_backward"; }
  std::string question() const override {
    return "Is the simplified backward pass of batch normalisation the same as the staged one?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  absl::Status CheckFlags() const;

  std::vector<int64_t> examples_ = {8, 32, 128};
  std::vector<int64_t> features_ = {4, 16};
  std::vector<uint64_t> seeds_ = {1, 2, 3, 4, 5};
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_BATCHNORM_BACKWARD_H_
