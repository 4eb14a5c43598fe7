// Which function should stand between the layers?
//
// Each activation is drawn with its derivative, both computed by the engine, and then used in a network of several
// hidden layers, trained by plain gradient descent. Each gets the same number of learning rates, of which the one with
// the best validation accuracy counts.
#ifndef MODULES_BACKPROP_EXPERIMENTS_ACTIVATIONS_H_
#define MODULES_BACKPROP_EXPERIMENTS_ACTIVATIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/primitives/elementwise.h"
#include "modules/training/classifier.h"
#include "modules/training/experiment.h"

namespace dl {

class Activations : public Experiment {
 public:
  std::string name() const override { return "activations"; }
  std::string question() const override { return "Which function should stand between the layers?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Outcome {
    std::vector<EpochMetrics> epochs;  // .test is the validation set
    double test_accuracy;
  };
  // The runs of one activation with one learning rate, one a seed; fewer where some diverged.
  struct Trial {
    double learning_rate;
    std::vector<Outcome> outcomes;
    double validation_accuracy = 0;  // the mean of the last epoch; 0 where a run diverged
  };

  absl::Status CheckFlags() const;
  absl::StatusOr<std::optional<Outcome>> TrainOnce(Elementwise activation, double learning_rate, const TrainTest& data,
                                                   const Dataset& test, uint64_t seed) const;
  absl::StatusOr<std::vector<Trial>> Sweep(Elementwise activation, const TrainTest& data, const Dataset& test,
                                           Progress& progress, Table& sweep) const;

  std::vector<std::string> activations_ = {"relu", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid"};
  std::vector<double> learning_rates_ = {0.03, 0.1, 0.3, 1, 3};
  std::vector<int64_t> hidden_ = {64, 64, 64};
  int64_t train_size_ = 4000, validation_size_ = 1000, test_size_ = 2000;
  int64_t epochs_ = 10, batch_size_ = 32;
  std::vector<uint64_t> seeds_ = {1, 2, 3};
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_ACTIVATIONS_H_
