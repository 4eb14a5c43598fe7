// Which optimizer is best, once each has the learning rate that suits it?
//
// In the spirit of DeepOBS (Schneider, Balles & Hennig 2019): every optimizer, with every schedule, gets the same
// budget of runs: as many learning rates, each from every seed and at full length. Short runs would prefer rates that
// are too large in the end, and a single seed rates at which the others stumble. The best rate is that of the lowest
// training loss, the mean of the last epochs.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_COMPARISON_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_COMPARISON_H_

#include <functional>
#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/training/classifier.h"
#include "modules/training/experiment.h"
#include "modules/training/rate_sweep.h"

namespace dl {

// metrics: one row an optimizer, schedule, seed and epoch, at the best rate. sweep.csv: the training loss at every
// rate, empty where a seed diverged. summary: one row an optimizer and schedule: how it ended, and the epochs until the
// test accuracy was at the target, empty where not all seeds `reached` it. Where no rate works, the row has
// `diverged_at`, the step at the smallest one, and no results.
class Comparison : public Experiment {
 public:
  std::string name() const override { return "comparison"; }
  std::string question() const override {
    return "Which optimizer is best, once each has the learning rate that suits it?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Method {
    NamedOptimizer optimizer;
    std::string schedule;
  };
  struct Outcome {
    RatedRuns best;
    int64_t diverged_at;  // 0: did not
  };
  struct Task {
    MakeModel model;
    TrainTest data;
  };
  struct Tables {
    Table metrics, sweep, summary;
  };

  absl::Status CheckFlags() const;
  absl::StatusOr<std::vector<Method>> Methods() const;
  MakeRatedOptimizer Rated(const Method& method, const TrainTest& data) const;
  absl::StatusOr<Outcome> Search(const Method& method, const Task& task, const std::function<void(double)>& on_rate,
                                 Table& sweep) const;
  // The step at which the first run that does not last ends.
  absl::StatusOr<int64_t> DivergedAt(double rate, const MakeRatedOptimizer& make_optimizer, const Task& task) const;
  void Report(const Method& method, const Outcome& outcome, Tables& tables) const;

  std::string dataset_ = "glyphs", model_ = "mlp";
  std::vector<std::string> optimizers_ = {"sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw", "lion", "muon"};
  std::vector<std::string> schedules_ = {"constant", "cosine"};
  std::vector<double> learning_rates_;
  int64_t rates_ = 5;
  double ratio_ = 4;
  int64_t train_size_ = 0, test_size_ = 0;
  int64_t epochs_ = 6, batch_size_ = 64;
  double target_ = 0.95;
  std::vector<uint64_t> seeds_ = {1, 2, 3};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_COMPARISON_H_
