// How does a network bend the line between two classes?
//
// A perceptron and a linear model learn points in the plane. Frames (frames.csv) show the class probabilities that the
// first seed's perceptron gives to the places of a grid, at chosen epochs.
#ifndef MODULES_BACKPROP_EXPERIMENTS_DECISION_BOUNDARY_H_
#define MODULES_BACKPROP_EXPERIMENTS_DECISION_BOUNDARY_H_

#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/training/classifier.h"
#include "modules/training/experiment.h"

namespace dl {

class DecisionBoundary : public Experiment {
 public:
  std::string name() const override { return "decision_boundary"; }
  std::string question() const override { return "How does a network bend the line between two classes?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  // One data set: what is learned, what the learning rate is chosen by, and the places that frames look at.
  struct Points {
    TrainTest data;
    Dataset validation;
    Dataset grid;
  };
  struct Model {
    std::string name;
    std::vector<int64_t> hidden;
  };
  struct Tables {
    Table metrics, summary, frames;
  };

  absl::Status CheckFlags() const;
  absl::StatusOr<Points> Load(const std::string& name) const;
  // One training run of `model`; with `frames`, its frames are added there as those of data set number `panel`.
  absl::StatusOr<std::vector<EpochMetrics>> Train(const Model& model, const Points& points, const TrainTest& data,
                                                  double rate, uint64_t seed, int64_t panel, Table* frames) const;
  // The learning rate, of --learning_rates, whose run ends with the least loss on the validation set.
  absl::StatusOr<double> ChooseRate(const Model& model, const Points& points) const;
  // All of one model's runs on data set number `panel`, added to the tables.
  absl::Status Measure(const Model& model, const Points& points, int64_t panel, Tables& tables) const;

  std::vector<std::string> datasets_ = {"moons", "circles", "spirals"};
  int64_t train_size_ = 300, test_size_ = 1000;
  std::vector<int64_t> hidden_ = {32, 32};
  std::string activation_ = "tanh";
  std::vector<double> learning_rates_ = {3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1};
  int64_t epochs_ = 200, batch_size_ = 20;
  std::vector<int64_t> frames_ = {0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 70, 100, 140, 200};
  int64_t grid_ = 40;
  std::vector<uint64_t> seeds_ = {1, 2, 3, 4, 5};
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_DECISION_BOUNDARY_H_
