// Which starting weights are better, and does a perceptron of 2015 come out as it did then?
//
// Reproduces the runs of M. Nielsen, "Neural Networks and Deep Learning" (2015), chapter 3: 784-30-10 and 784-100-10 on
// MNIST, sigmoids throughout, cross-entropy summed over the outputs, plain gradient descent in batches of 10 for 30
// epochs, L2 regularisation of the weights, pixels in [0, 1], 50,000 pictures to learn from and the last 10,000 of the
// training set to validate on.
#ifndef MODULES_BACKPROP_EXPERIMENTS_MNIST_H_
#define MODULES_BACKPROP_EXPERIMENTS_MNIST_H_

#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/training/classifier.h"
#include "modules/training/experiment.h"

namespace dl {

class Mnist : public Experiment {
 public:
  std::string name() const override { return "mnist"; }
  std::string question() const override {
    return "Does a perceptron of 2015 come out as it did then, and what do its starting weights change?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Setting {
    int64_t hidden;
    std::string initialization;
    double learning_rate;
  };
  struct Outcome {
    std::vector<EpochMetrics> epochs;  // .test is the validation set
    double test_accuracy;
  };

  absl::Status CheckFlags() const;
  std::vector<Setting> Settings() const;
  absl::StatusOr<Outcome> TrainOnce(const Setting& setting, const TrainTest& data, const Dataset& test, uint64_t seed,
                                    Progress& progress) const;

  std::string dataset_ = "mnist";
  int64_t train_size_ = 50000, validation_size_ = 10000, test_size_ = 0;
  std::vector<int64_t> hidden_ = {30, 100};
  std::vector<std::string> initializations_ = {"scaled", "unit"};
  std::vector<double> learning_rates_ = {0.5, 0.1};
  double lambda_ = 5;
  int64_t epochs_ = 30, batch_size_ = 10;
  std::vector<uint64_t> seeds_ = {1, 2, 3};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_MNIST_H_
