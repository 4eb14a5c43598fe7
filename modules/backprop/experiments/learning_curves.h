// How fast and how well does a multilayer perceptron learn to tell ten kinds of pictures apart?
#ifndef MODULES_BACKPROP_EXPERIMENTS_LEARNING_CURVES_H_
#define MODULES_BACKPROP_EXPERIMENTS_LEARNING_CURVES_H_

#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/training/classifier.h"
#include "modules/training/experiment.h"

namespace dl {

class LearningCurves : public Experiment {
 public:
  std::string name() const override { return "learning_curves"; }
  std::string question() const override {
    return "How fast and how well does a multilayer perceptron learn to tell ten kinds of pictures apart?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  absl::StatusOr<std::vector<EpochMetrics>> TrainOnce(const TrainTest& data, const std::vector<int64_t>& widths,
                                                      uint64_t seed, Progress& progress) const;

  std::string dataset_ = "glyphs";
  int64_t train_size_ = 0, test_size_ = 0;
  std::vector<int64_t> hidden_ = {256, 128};
  std::string activation_ = "relu";
  double learning_rate_ = 1e-3;
  int64_t epochs_ = 15, batch_size_ = 64;
  std::vector<uint64_t> seeds_ = {1, 2, 3};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_LEARNING_CURVES_H_
