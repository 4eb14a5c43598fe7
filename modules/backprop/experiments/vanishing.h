// How does a gradient's size change on its way down a deep network?
#ifndef MODULES_BACKPROP_EXPERIMENTS_VANISHING_H_
#define MODULES_BACKPROP_EXPERIMENTS_VANISHING_H_

#include <string>
#include <vector>

#include "modules/training/experiment.h"

namespace dl {

// Every depth × activation × initialisation, at the start of training. metrics: one row per network and hidden layer.
// profiles.csv: the gradient of each hidden layer over that of the last one. summary: the same of the first layer
// alone, called vanishing below a tenth, exploding above ten, steady between, by the median seed. A gradient that f32
// cannot hold (smaller than 1.2e-38, larger than 3.4e38) enters no mean; it is counted among the underflows or
// overflows.
class Vanishing : public Experiment {
 public:
  std::string name() const override { return "vanishing"; }
  std::string question() const override { return "How does a gradient's size change on its way down a deep network?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  absl::Status CheckFlags() const;

  std::vector<int64_t> depths_ = {2, 4, 8, 16, 32};
  std::vector<std::string> activations_ = {"relu", "gelu", "tanh", "sigmoid"};
  std::vector<std::string> initializers_ = {"normal:0.01", "normal", "xavier", "kaiming", "orthogonal", "lsuv"};
  int64_t width_ = 64;
  std::string dataset_ = "glyphs";
  int64_t examples_ = 256;
  std::vector<uint64_t> seeds_ = {1, 2, 3, 4, 5};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_VANISHING_H_
