// What an ablation learns from, and how long: the flags that all of them have.
#ifndef MODULES_CNN_EXPERIMENTS_IMAGE_TASK_H_
#define MODULES_CNN_EXPERIMENTS_IMAGE_TASK_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "datasets/dataset.h"
#include "modules/base/flags.h"
#include "modules/cnn/experiments/strided_net.h"
#include "modules/training/classifier.h"

namespace dl {

inline constexpr int64_t kMostExamples = 1'000'000;  // 3 GB of images 32x32 in colour

struct ImageData {
  Dataset train;
  Dataset validation;  // chooses settings; empty where the training loss does
  Dataset test;        // judges what was chosen

  // By name, for ExperimentResult.datasets.
  std::map<std::string, std::string> Fingerprints() const;
};

// Each field is a flag of the same name, but for the first; validation_size is one where examples are held out.
struct ImageTask {
  bool held_out = false;  // from training, to choose settings by
  std::string dataset = "shapes";
  int64_t train_size = 2000, validation_size = 0, test_size = 1000;
  int64_t epochs = 10, batch_size = 64;
  std::vector<uint64_t> seeds = {1, 2, 3};  // of weights and of the order of the examples; one run each

  void AddFlags(FlagSet& flags);

  // InvalidArgument on an impossible flag. (Sizes too large for the data set are LoadDataset's errors.)
  absl::Status CheckFlags() const;

  // The examples, those of validation from behind the training examples. Errors are LoadDataset's; InvalidArgument
  // where they are no images. folder: of the real data sets, empty for the usual places.
  absl::StatusOr<ImageData> Load(const std::string& folder) const;

  // Of one run.
  int64_t Steps() const { return epochs * (train_size / batch_size); }
  TrainOptions Training() const { return {.epochs = epochs, .batch_size = batch_size}; }
};

// The network's options for images and classes like those of `data`.
StridedNetOptions NetFor(const Dataset& data);

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_IMAGE_TASK_H_
