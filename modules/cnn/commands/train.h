// bazel run //modules/cnn -- train: any network on any images, safely: the run can be stopped and gone on with.
#ifndef MODULES_CNN_COMMANDS_TRAIN_H_
#define MODULES_CNN_COMMANDS_TRAIN_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace dl {

// Trains as the flags say (train_settings.h; --resume=FOLDER, --output_dir, --data_dir, --threads) and tells on
// standard output how it went. Into the run's folder, by default a new one in runs/cnn/train, go the checkpoints
// (CheckpointOptions) and, in the end, run.json, metrics.csv with a row an epoch, summary.csv, the files of
// EvaluationFiles and the figures.
//
// With --resume the settings come from the checkpoint; FailedPrecondition where a flag contradicts them. Errors are
// also CheckTrainSettings', LoadDataset's, NetworkByName's and TrainClassifier's.
absl::Status Train(const std::vector<std::string>& arguments);

}  // namespace dl

#endif  // MODULES_CNN_COMMANDS_TRAIN_H_
