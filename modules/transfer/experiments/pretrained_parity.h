// Do networks that others trained answer here as they do in PyTorch?
#ifndef MODULES_TRANSFER_EXPERIMENTS_PRETRAINED_PARITY_H_
#define MODULES_TRANSFER_EXPERIMENTS_PRETRAINED_PARITY_H_

#include <cstdint>
#include <string>

#include "modules/training/experiment.h"

namespace dl {

// SqueezeNet 1.0 for ImageNet and ResNet-20 for CIFAR-10, with published weights, on inputs whose logits PyTorch has
// computed; and ResNet-20 on the test images of CIFAR-10. metrics: each input's largest difference and whether the five
// likeliest classes are the same, in order. summary: a row a network; `reference_accuracy` is what PyTorch has on the
// same images, empty where nobody has said so.
class PretrainedParity : public Experiment {
 public:
  std::string name() const override { return "pretrained_parity"; }
  std::string question() const override { return "Do networks that others trained answer here as they do in PyTorch?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override { test_size_ = 500; }
  void set_data_dir(const std::string& data_dir) override { data_dir_ = data_dir; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  std::string pretrained_dir_, data_dir_;
  int64_t test_size_ = 0;
};

}  // namespace dl

#endif  // MODULES_TRANSFER_EXPERIMENTS_PRETRAINED_PARITY_H_
