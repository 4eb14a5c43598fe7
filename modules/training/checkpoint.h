// All that a training run needs to go on where it stopped, in one safetensors file.
//
// Tensors: the model's parameters and buffers ("model.conv1.weight"), what the optimizer remembers ("optimizer.step",
// "optimizer.0.1"), the mean of the weights where there is one ("average.0"), and the run's position ("run.epoch").
// Metadata: the settings of the run ("setting.batch_size").
#ifndef MODULES_TRAINING_CHECKPOINT_H_
#define MODULES_TRAINING_CHECKPOINT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "modules/backprop/layer.h"
#include "modules/base/random.h"
#include "modules/optimizers/state.h"
#include "modules/training/epoch_metrics.h"

namespace dl {

struct Checkpoint {
  std::map<std::string, std::string> settings = {};  // of the run, as it was started: model, data set, seed, flags
  Random random{0};                                  // what all its chance is drawn from
  int64_t epoch = 0, batch = 0;                      // what comes next, both from 0
  EpochMean mean = {};                             // of the epoch at hand, over the batches before that
  std::vector<EpochMetrics> epochs = {};             // those behind
  State state = {};                                  // under "model.", "optimizer." and "average."
};

// A model's parameters and buffers under their names.
class ModelState : public Stateful {
 public:
  explicit ModelState(Layer& model) : model_(model) {}
  void VisitState(const std::string& prefix, StateVisitor& visitor) override;

 private:
  Layer& model_;
};

// Whole or not at all: an earlier file of that name stays until the new one is there. Errors are WriteFile's
// (base/file.h).
absl::Status WriteCheckpoint(const std::string& path, const Checkpoint& checkpoint);

// FailedPrecondition names the file and why it is no checkpoint.
absl::StatusOr<Checkpoint> ReadCheckpoint(const std::string& path);

// FailedPrecondition where the run that wrote `path` had other settings than these; it names each difference.
absl::Status CheckSettings(const std::string& path, const std::map<std::string, std::string>& written,
                           const std::map<std::string, std::string>& settings);

// Gives `model` the weights and buffers of the checkpoint at `path`, to be evaluated: the mean of the weights, where
// the run kept one. FailedPrecondition names the file and what does not fit; the model is then of no use.
absl::Status LoadModel(const std::string& path, Layer& model);

}  // namespace dl

#endif  // MODULES_TRAINING_CHECKPOINT_H_
