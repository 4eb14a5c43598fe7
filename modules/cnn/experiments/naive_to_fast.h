// What do the ways to compute one convolution cost, and how exact are they?
#ifndef MODULES_CNN_EXPERIMENTS_NAIVE_TO_FAST_H_
#define MODULES_CNN_EXPERIMENTS_NAIVE_TO_FAST_H_

#include <string>
#include <vector>

#include "modules/training/experiment.h"

namespace dl {

// Convolutions 3x3 of random pictures with random weights, forward. metrics: the error of each way and seed, relative
// to the twin in double (Euclidean norm). summary: what each way multiplies and moves, its mean error, and the error
// that rounding predicts; a way that this machine has not got has no error. tiles.csv: Winograd's algorithm with other
// tiles and points, in plain loops: its error over that of direct sums, and what WinogradErrorGrowth predicts. Nothing
// is timed: `bazel run //tools:bench -- --only=naive_to_fast` does that.
class NaiveToFast : public Experiment {
 public:
  std::string name() const override { return "naive_to_fast"; }
  std::string question() const override {
    return "What do the ways to compute one convolution cost, and how exact are they?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Layer;

  static absl::StatusOr<Layer> ParseLayer(const std::string& text);
  absl::StatusOr<std::vector<Layer>> CheckFlags() const;
  absl::Status MeasureWays(const Layer& layer, Progress& progress, Table& metrics, Table& summary) const;
  absl::Status MeasureTiles(const Layer& layer, Table& tiles) const;

  std::vector<std::string> layers_ = {"64@32", "256@8"};
  int64_t batch_ = 2;
  std::vector<uint64_t> seeds_ = {1, 2, 3, 4, 5};
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_NAIVE_TO_FAST_H_
