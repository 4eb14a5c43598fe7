// Training and testing a classifier.
#ifndef MODULES_TRAINING_CLASSIFIER_H_
#define MODULES_TRAINING_CLASSIFIER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "datasets/batches.h"
#include "datasets/dataset.h"
#include "modules/backprop/layer.h"
#include "modules/backprop/losses.h"
#include "modules/optimizers/optimizer.h"
#include "modules/training/progress.h"

namespace dl {

// How many rows of `logits` [N, K] have their largest element at the label.
int64_t CountCorrect(const Tensor& logits, absl::Span<const int32_t> labels);

// The number that training makes small, shape [], for logits [N, K] and N labels.
using ClassifierLoss = std::function<Variable(const Variable& logits, absl::Span<const int32_t> labels)>;

struct Evaluation {
  double loss = 0;      // the mean of the loss; nats for cross-entropy
  double accuracy = 0;  // share of examples whose largest logit is the label's
};

// `model`, in evaluation mode, over the whole of `dataset`.
Evaluation Evaluate(Layer& model, const Dataset& dataset, const Normalization& normalization,
                    const ClassifierLoss& loss = CrossEntropy);

// One step downhill on one batch: the loss before the step, and how many answers were right. `random` is for dropout.
std::pair<double, int64_t> TrainStep(Layer& model, Optimizer& optimizer, const ClassifierLoss& loss_of,
                                     const Batch& batch, Random& random);

// Whether a training that has come to this loss is lost: it is no number below a million nats.
bool HasDiverged(double loss);

struct EpochMetrics {
  int64_t epoch;     // 1 for the first
  Evaluation train;  // the mean over the epoch's batches as they were met, the network changing meanwhile
  Evaluation test;   // after the epoch
};

struct TrainOptions {
  std::string name = {};  // for the progress line
  int64_t epochs = 10;
  int64_t batch_size = 64;
  uint64_t seed = 1;  // of the order of the examples
  ClassifierLoss loss = CrossEntropy;
  std::function<void(const EpochMetrics& epoch)> after_epoch = {};  // to look at the model, or at its losses, as it learns
  bool normalize = true;  // inputs, by the training set's moments; else they stay as they are, pixels in [0, 1]
};

// Minimises the loss on data.train, batch by batch in an order drawn anew each epoch; the last batch of an epoch is
// left out where it is not full, so that every step has one shape.
// Aborted where a step HasDiverged, naming the step; Cancelled after Ctrl-C.
absl::StatusOr<std::vector<EpochMetrics>> TrainClassifier(Layer& model, Optimizer& optimizer, const TrainTest& data,
                                                          const TrainOptions& options, Progress& progress);

}  // namespace dl

#endif  // MODULES_TRAINING_CLASSIFIER_H_
