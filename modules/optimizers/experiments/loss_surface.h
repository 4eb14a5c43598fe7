// What does the loss look like around a trained network, and which way did the optimizers come?
//
// A perceptron is trained by each optimizer with batches of each size until its training loss is at a level, at the
// rate that gets there in the fewest steps. Around where it ends, the loss is taken along random directions, filter by
// filter as long as the weights (Li et al. 2018): how far does it rise? And the optimizers' paths from one start are
// projected on the plane of their first two principal components.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_LOSS_SURFACE_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_LOSS_SURFACE_H_

#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/optimizers/experiments/train_to_level.h"
#include "modules/training/experiment.h"

namespace dl {

// metrics: the training loss at each distance from the end of each run, the mean over the directions and their
// opposites. summary: one row an optimizer and batch size; `rise` is by how much the loss is higher at distance 1/2.
// Where a seed diverges, the row has `diverged_at`, the step, and no results. random.csv: the loss on a random plane
// around the first optimizer's end, for each batch size. paths.csv: rows "grid" of the loss on the plane of the paths;
// rows "path", one a point of a path, with its own loss and its distance from the plane; a row "share", whose a and b
// are the shares of the variance along the axes. ends.csv: where the paths end, with their own loss and that of their
// shadows on the plane. All paths have the first batch size and the first seed.
class LossSurface : public Experiment {
 public:
  std::string name() const override { return "loss_surface"; }
  std::string question() const override {
    return "What does the loss look like around a trained network, and which way did the optimizers come?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Path {
    std::string optimizer;
    std::vector<PathPoint> points;
  };
  struct Tables {
    Table metrics, summary, random, paths, ends;
  };

  absl::Status CheckFlags() const;
  // Of `first`, the first seed's run, and of those of the other seeds. The step at which one diverged; 0: none did.
  absl::StatusOr<int64_t> Measure(const LevelTask& task, const LevelOptions& options, LevelRun& first,
                                  const Dataset& test, Tables& tables) const;
  // Measures every optimizer with every batch size. The paths that were not lost.
  absl::StatusOr<std::vector<Path>> MeasureAll(const LevelTask& task, const std::vector<NamedOptimizer>& optimizers,
                                               const Dataset& test, Progress& progress, Tables& tables) const;
  absl::Status DrawRandomPlane(const LevelTask& task, const LevelOptions& options, LevelRun& run, Table& table) const;
  absl::Status DrawPaths(const LevelTask& task, const std::vector<Path>& paths, Tables& tables) const;

  std::string dataset_ = "glyphs";
  std::vector<std::string> optimizers_ = {"sgd", "momentum", "adam"};
  std::vector<int64_t> batch_sizes_ = {16, 512};
  std::vector<double> learning_rates_;
  int64_t hidden_ = 64;
  double level_ = 0.05;
  int64_t steps_ = 4000, steps_between_ = 4;
  int64_t train_size_ = 2000, test_size_ = 2000;
  int64_t directions_ = 10, resolution_ = 31;
  std::vector<uint64_t> seeds_ = {1, 2, 3};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_LOSS_SURFACE_H_
