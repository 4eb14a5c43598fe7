// What does a convolution gain by using the same weights everywhere?
#ifndef MODULES_CNN_EXPERIMENTS_PARAMETER_SHARING_H_
#define MODULES_CNN_EXPERIMENTS_PARAMETER_SHARING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "modules/cnn/experiments/image_task.h"
#include "modules/cnn/experiments/rate_choice.h"
#include "modules/training/experiment.h"

namespace dl {

// A locally connected network (sharing_net.h) beside a convolutional and a dense one, each once of the same width,
// units for units, and once of about as many parameters, on halved images. They learn from parts of one training set,
// over a small part the more often, so that all make equally many steps, by Adam with a cosine schedule; each at its
// own best learning rate, that of the lowest validation error.
//
//   summary.csv  each network ("convolution", "local", "dense"), what of it equals the local one ("width",
//                "parameters", or "both" for that itself) and size of the training set: outcome, width, parameters, and
//                multiply-adds of one image
//   metrics.csv  learning curves
//   rates.csv    every learning rate
class ParameterSharing : public Experiment {
 public:
  std::string name() const override { return "parameter_sharing"; }
  std::string question() const override { return "What does a convolution gain by using the same weights everywhere?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Net;

  absl::Status CheckFlags() const;
  absl::Status Halve(ImageData& data) const;
  std::vector<Net> Nets(const Dataset& train) const;
  Method MethodOf(const Net& net, int64_t part) const;

  int64_t width_ = 8;
  std::vector<int64_t> parts_ = {16, 4, 1};
  std::vector<double> rates_ = {0.0003, 0.001, 0.003, 0.01, 0.03};
  ImageTask task_ = {
      .held_out = true, .train_size = 8000, .validation_size = 500, .test_size = 1000, .epochs = 6, .batch_size = 50};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_PARAMETER_SHARING_H_
