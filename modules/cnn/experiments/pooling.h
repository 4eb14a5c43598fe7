// How should a network make its maps smaller, and what should it end with?
#ifndef MODULES_CNN_EXPERIMENTS_POOLING_H_
#define MODULES_CNN_EXPERIMENTS_POOLING_H_

#include <string>
#include <vector>

#include "modules/cnn/experiments/image_task.h"
#include "modules/cnn/experiments/rate_choice.h"
#include "modules/training/experiment.h"

namespace dl {

// One network (pooled_net.h) with each way to halve its maps, twice, and each head, on halved images, trained by Adam
// with a cosine schedule, each at its own best learning rate, that of the lowest validation error.
//
//   summary.csv  each pooling and head: outcome, parameters, and multiply-adds of one image
//   metrics.csv  learning curves
//   rates.csv    every learning rate
class PoolingStudy : public Experiment {
 public:
  std::string name() const override { return "pooling"; }
  std::string question() const override {
    return "How should a network make its maps smaller, and what should it end with?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Setting;

  absl::Status CheckFlags() const;
  Method MethodOf(const Setting& setting, const Dataset& train) const;

  std::vector<std::string> poolings_ = {"max", "max3", "average", "average3", "stride", "blur"};
  std::vector<std::string> heads_ = {"flatten", "global"};
  std::vector<double> rates_ = {0.003, 0.01, 0.03, 0.1};
  ImageTask task_ = {
      .held_out = true, .train_size = 6000, .validation_size = 500, .test_size = 1000, .epochs = 8, .batch_size = 50};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_POOLING_H_
