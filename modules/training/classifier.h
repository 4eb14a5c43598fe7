// Training and testing a classifier.
#ifndef MODULES_TRAINING_CLASSIFIER_H_
#define MODULES_TRAINING_CLASSIFIER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "datasets/batches.h"
#include "datasets/dataset.h"
#include "modules/backprop/layer.h"
#include "modules/backprop/losses.h"
#include "modules/optimizers/optimizer.h"
#include "modules/training/epoch_metrics.h"
#include "modules/training/progress.h"

namespace dl {

// How many rows of `logits` [N, K] have their largest element at the label.
int64_t CountCorrect(const Tensor& logits, absl::Span<const int32_t> labels);

// The number that training makes small, shape [], for logits [N, K] and N labels.
using ClassifierLoss = std::function<Variable(const Variable& logits, absl::Span<const int32_t> labels)>;

struct EvaluationOptions {
  ClassifierLoss loss = CrossEntropy;
  DType precision = DType::kF32;  // of the inputs that the model is given
};

// `model`, in evaluation mode, over the whole of `dataset`.
Evaluation Evaluate(Layer& model, const Dataset& dataset, const Normalization& normalization,
                    const EvaluationOptions& options = {});

struct TrainingStep {
  double loss = 0;      // before the step
  int64_t correct = 0;  // answers that were right
  bool made = false;    // else the loss HasDiverged or a gradient is not finite, and the parameters are as they were
};

// One step downhill on one batch; where it has mixed labels, on the losses to both, weighted by their shares. `random`
// is for dropout.
TrainingStep TrainStep(Layer& model, Optimizer& optimizer, const ClassifierLoss& loss_of, const Batch& batch,
                       Random& random);

// Whether a training that has come to this loss is lost: it is no number below a million nats.
bool HasDiverged(double loss);

// A run that can be stopped and gone on with (checkpoint.h).
struct CheckpointOptions {
  // Where last.safetensors goes, after each epoch and on Ctrl-C, and best.safetensors, of the epoch whose test accuracy
  // is the highest so far. Nothing is written where it is empty.
  std::string folder = {};
  std::map<std::string, std::string> settings = {};  // all that the run depends on: kept, and compared on resuming
  bool resume = false;                               // go on from last.safetensors
  std::string resume_command = {};                   // what the user types for that
};

struct TrainOptions {
  std::string name = {};  // for the progress line
  int64_t epochs = 10;
  int64_t batch_size = 64;
  uint64_t seed = 1;  // of the order of the examples
  ClassifierLoss loss = CrossEntropy;
  std::function<void(const EpochMetrics& epoch)> after_epoch =
      {};                                 // to look at the model, or at its losses, as it learns
  AugmentationOptions augmentation = {};  // of the training set; as it fits its examples (CheckAugmentation)
  bool normalize = true;          // inputs, by the training set's moments; else they stay as they are, pixels in [0, 1]
  DType precision = DType::kF32;  // of the inputs that the model is given
  // The decay of a running mean of the weights (weight_average.h), which is then what is tested after each epoch and
  // what the model has in the end; 0 for none. Buffers are those of the weights themselves.
  double average_decay = 0;
  CheckpointOptions checkpoint = {};
};

// Minimises the loss on data.train, batch by batch in an order drawn anew each epoch; the last batch of an epoch is
// left out where it is not full, so that every step has one shape. What happens in a step is a function of the seed,
// the epoch and the step: a run that was stopped and gone on with ends exactly as one that was not, bit for bit.
//
// Errors: Aborted where a step diverges, before it changes a parameter, naming the step and the first layer or gradient
// that is not finite; Cancelled after Ctrl-C, with the command that goes on; FailedPrecondition where a checkpoint
// cannot be gone on from; ResourceExhausted or PermissionDenied where one cannot be written: the one before it is kept.
absl::StatusOr<std::vector<EpochMetrics>> TrainClassifier(Layer& model, Optimizer& optimizer, const TrainTest& data,
                                                          const TrainOptions& options, Progress& progress);

}  // namespace dl

#endif  // MODULES_TRAINING_CLASSIFIER_H_
