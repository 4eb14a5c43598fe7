// Why not squared error for a classifier?
//
// Three answers. The losses and their slopes as functions of the residual or the margin. One neuron after Nielsen
// ("Neural Networks and Deep Learning", 2015, chapter 3): input 1, wanted output 0, started almost right and badly
// wrong. And a network with ten sigmoid outputs, started with biases that saturate them more and more: how many steps
// until it is right about most digits, each loss at its own best learning rate?
#ifndef MODULES_BACKPROP_EXPERIMENTS_LOSSES_H_
#define MODULES_BACKPROP_EXPERIMENTS_LOSSES_H_

#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/training/experiment.h"

namespace dl {

class Losses : public Experiment {
 public:
  std::string name() const override { return "losses"; }
  std::string question() const override { return "Why not squared error for a classifier?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Data {
    Dataset train, validation, test;
  };
  struct Measurement {
    int64_t step;
    double validation_accuracy, test_accuracy;
  };
  struct Outcome {
    double output_slope;   // at the start, the mean of |d cost of one example / d weighted input of one output|
    double sigmoid_slope;  // there, the mean of a (1 - a) over the outputs a
    std::vector<Measurement> measurements;
  };
  // The runs of one loss and output bias with one learning rate, one a seed.
  struct Trial {
    double learning_rate;
    std::vector<Outcome> outcomes;
    double mean_steps;  // to the level on the validation set; the whole budget where it is not reached
  };

  absl::Status CheckFlags() const;
  absl::StatusOr<Outcome> TrainOnce(const std::string& loss, double output_bias, double learning_rate, const Data& data,
                                    uint64_t seed) const;
  absl::StatusOr<Trial> BestTrial(const std::string& loss, double output_bias, const Data& data, Progress& progress,
                                  Table& sweep) const;
  int64_t StepsToLevel(const Outcome& outcome, double Measurement::*accuracy) const;

  std::vector<double> learning_rates_ = {0.1, 0.3, 1, 3, 10};
  std::vector<double> output_biases_ = {0, 3, 6, 9};
  double level_ = 0.8;
  int64_t hidden_ = 30;
  int64_t train_size_ = 4000, validation_size_ = 1000, test_size_ = 1000;
  int64_t steps_ = 3000, steps_between_ = 25, batch_size_ = 32;
  std::vector<uint64_t> seeds_ = {1, 2, 3};
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_LOSSES_H_
