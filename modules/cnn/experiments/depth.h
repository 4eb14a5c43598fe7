// Does a deeper network learn better, and what do shortcuts do about it?
#ifndef MODULES_CNN_EXPERIMENTS_DEPTH_H_
#define MODULES_CNN_EXPERIMENTS_DEPTH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "modules/cnn/experiments/ablation.h"
#include "modules/cnn/experiments/image_task.h"
#include "modules/cnn/experiments/rate_choice.h"
#include "modules/training/experiment.h"

namespace dl {

// The networks that He et al. (2016) trained on CIFAR-10, plain and residual, of several depths, but narrower and on
// smaller images: momentum with a cosine schedule, each network at its own best rate, that of the lowest training loss.
//
//   summary.csv    each depth and shortcut: outcome, and the spread of the weights' gradients before the first step,
//                  the largest over the smallest among the convolutions; published_cifar10_error, the paper's test
//                  error on CIFAR-10 where it has one
//   metrics.csv    learning curves
//   gradients.csv  before the first step, the root mean square of the loss's gradient by each convolution's weights,
//                  first to last
//   sweep.csv      every rate
class Depth : public Experiment {
 public:
  std::string name() const override { return "depth"; }
  std::string question() const override {
    return "Does a deeper network learn better, and what do shortcuts do about it?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Net;

  absl::Status CheckFlags() const;
  absl::Status Halve(ImageData& data) const;
  std::vector<Net> Nets(const Dataset& train) const;
  Method MethodOf(const Net& net) const;
  std::vector<double> AddGradients(const Net& net, const Dataset& train, Table& gradients) const;

  std::vector<int64_t> depths_ = {20, 56};
  std::vector<std::string> shortcuts_ = {"none", "padding"};
  std::vector<int64_t> widths_ = {16, 16, 16};
  std::vector<double> rates_ = {0.003, 0.01, 0.03, 0.1, 0.3};
  int64_t halvings_ = 1;
  ImageTask task_ = {.dataset = "glyphs", .train_size = 1250, .test_size = 500, .epochs = 4, .batch_size = 50};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_DEPTH_H_
