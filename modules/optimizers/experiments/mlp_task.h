// The task on which optimizers are compared: a multilayer perceptron that learns to tell pictures apart.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_MLP_TASK_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_MLP_TASK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "datasets/dataset.h"
#include "modules/base/flags.h"
#include "modules/training/rate_sweep.h"

namespace dl {

inline constexpr int64_t kMostExamples = 10'000'000;

// What is learned and how long; each an experiment's flag of the same name.
struct MlpTask {
  std::string dataset = "glyphs";
  int64_t train_size = 4000, test_size = 1000;
  std::vector<int64_t> hidden = {32};  // widths; rectifiers between them
  int64_t epochs = 4, batch_size = 64;
  std::vector<uint64_t> seeds = {1, 2, 3};  // of weights and of the order of the examples; one run each

  void AddFlags(FlagSet& flags);

  // InvalidArgument on an impossible flag. (Sizes too large for the data set are LoadDataset's errors.)
  absl::Status CheckFlags() const;

  // The examples; errors are LoadDataset's. folder: of the real data sets, empty for the usual places.
  absl::StatusOr<TrainTest> Load(const std::string& folder) const;

  // The network for data like `train`, from a seed.
  MakeModel Networks(const Dataset& train) const;

  // Of one run.
  int64_t Steps() const { return epochs * (train_size / batch_size); }
  TrainOptions Training(const std::string& name) const {
    return {.name = name, .epochs = epochs, .batch_size = batch_size};
  }
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_MLP_TASK_H_
