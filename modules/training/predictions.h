// Predictions: what a classifier answers to a whole data set, the numbers that every further measurement starts from.
#ifndef MODULES_TRAINING_PREDICTIONS_H_
#define MODULES_TRAINING_PREDICTIONS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "datasets/dataset.h"
#include "datasets/normalization.h"
#include "modules/backprop/layer.h"
#include "modules/primitives/tensor.h"

namespace dl {

// N answers out of K >= 1 classes.
struct Predictions {
  Tensor probabilities;                  // [N, K], plain f32 in [0, 1]: the softmax of the logits
  std::vector<int32_t> labels;           // N of {0, ..., K - 1}: the truth
  std::vector<std::string> class_names;  // K

  int64_t size() const { return static_cast<int64_t>(labels.size()); }
  int64_t num_classes() const { return static_cast<int64_t>(class_names.size()); }
  // The K probabilities of example i.
  absl::Span<const float> row(int64_t i) const;
};

// The program stops where `predictions` breaks a promise above; `caller` begins its message.
void CheckPredictions(const char* caller, const Predictions& predictions);

// The class of the largest probability of each of the N rows, the first among equals. Checks `predictions` first.
std::vector<int64_t> PredictedClasses(const Predictions& predictions);

// From normalized inputs [n, example_shape...] to logits [n, K] of any type and layout.
using LogitsFunction = std::function<Tensor(const Tensor& inputs)>;

// The answers to the whole of `dataset`, in its order, 256 examples a batch. Aborted where a logit is no finite number,
// naming the example; Cancelled after Ctrl-C.
absl::StatusOr<Predictions> Predict(const LogitsFunction& logits_of, const Dataset& dataset,
                                    const Normalization& normalization);

// The same of `model` in evaluation mode.
absl::StatusOr<Predictions> Predict(Layer& model, const Dataset& dataset, const Normalization& normalization);

}  // namespace dl

#endif  // MODULES_TRAINING_PREDICTIONS_H_
