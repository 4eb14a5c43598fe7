// How small are the first layers' gradients in Nielsen's networks?
#ifndef MODULES_BACKPROP_EXPERIMENTS_NIELSEN_NORMS_H_
#define MODULES_BACKPROP_EXPERIMENTS_NIELSEN_NORMS_H_

#include <string>

#include "modules/training/experiment.h"

namespace dl {

// Chapter 5 of "Neural Networks and Deep Learning" (Nielsen 2015): sigmoid networks with two to four hidden layers of
// 30 units; weights normal with deviation 1 / sqrt(fan-in), biases normal with deviation 1; pixels in [0, 1]; the cost
// is the cross-entropy of each output with its digit, summed over the outputs. Measured is the Euclidean norm of each
// hidden layer's bias gradient, averaged over the first 1,000 training images before it is normed.
//
// He prints one random start of each network. Here are many, and how many standard deviations, of the logarithm, his
// lies from their mean. On other data than mnist there is nothing to compare.
class NielsenNorms : public Experiment {
 public:
  std::string name() const override { return "nielsen_norms"; }
  std::string question() const override {
    return "How small are the first layers' gradients in Nielsen's sigmoid networks?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  std::string dataset_ = "mnist";
  int64_t examples_ = 1000, starts_ = 100;
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_NIELSEN_NORMS_H_
