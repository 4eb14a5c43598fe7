// What must a network's first weights be like?
#ifndef MODULES_BACKPROP_EXPERIMENTS_INITIALISATION_H_
#define MODULES_BACKPROP_EXPERIMENTS_INITIALISATION_H_

#include <string>
#include <vector>

#include "modules/training/experiment.h"

namespace dl {

// One multilayer perceptron, many starts, trained by stochastic gradient descent; each initialiser gets the learning
// rate of --rates that leaves it the lowest training loss, all rates on one budget, those left out at which a seed
// diverged.
//
//   summary.csv     at the start: loss, largest gradient of the first weight, share of dead units, size of the first
//                   updates; after training: loss and accuracy; "none" where every rate diverged
//   metrics.csv     the training runs at the chosen rates, one row an epoch; epoch 0 is the start
//   sweep.csv       all rates
//   layers.csv      each hidden layer at the start, and the size of the first updates of its weight
//   histograms.csv  the sizes of its activations
class Initialisation : public Experiment {
 public:
  std::string name() const override { return "initialisation"; }
  std::string question() const override { return "What must a network's first weights be like?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  absl::Status CheckFlags() const;

  std::string dataset_ = "glyphs";
  int64_t train_size_ = 2000, test_size_ = 1000;
  std::vector<int64_t> hidden_ = {100, 100, 100, 100};
  std::string activation_ = "relu";
  std::vector<std::string> initializers_ = {"zero",    "normal:0.01", "kaiming:10", "xavier",
                                            "kaiming", "orthogonal",  "lsuv"};
  std::vector<double> rates_ = {1e-5, 1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.3, 1};
  int64_t epochs_ = 5, batch_size_ = 32;
  std::vector<uint64_t> seeds_ = {1, 2, 3};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_INITIALISATION_H_
