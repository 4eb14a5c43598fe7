// Does a published training come out the same here?
//
// DeepOBS (Schneider, Balles & Hennig, ICLR 2019) publishes how its baselines fare on fmnist_2c2d: Fashion-MNIST,
// pixels in [0, 1], a network of two convolutions and two dense layers, batches of 128, a constant rate, no decay. This
// trains the same network with the same settings.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_DEEPOBS_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_DEEPOBS_H_

#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/training/classifier.h"
#include "modules/training/experiment.h"

namespace dl {

// metrics: one row an optimizer, seed and epoch. summary: one row an optimizer and epoch that DeepOBS has a number for
// (1, 5, 10); with other settings than its own, `published_accuracy` is empty.
class DeepObs : public Experiment {
 public:
  std::string name() const override { return "deepobs"; }
  std::string question() const override { return "Does a published training come out the same here?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  absl::Status CheckFlags() const;
  bool AsPublished() const;

  std::string dataset_ = "fashion-mnist";
  std::vector<std::string> optimizers_ = {"sgd", "adam"};
  int64_t train_size_ = 0, test_size_ = 9984;  // 78 batches of 128: DeepOBS leaves the last, smaller one out
  int64_t epochs_ = 10, batch_size_ = 128;
  std::vector<uint64_t> seeds_ = {1, 2, 3};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_DEEPOBS_H_
