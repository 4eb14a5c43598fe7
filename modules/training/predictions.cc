#include "modules/training/predictions.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "datasets/batches.h"
#include "modules/base/check.h"
#include "modules/primitives/reduction.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/softmax.h"
#include "modules/training/interrupt.h"

namespace dl {
namespace {

constexpr int64_t kBatch = 256;

// OK where all of `logits` [n, K], plain f32, is finite; `first` is the number of the first example.
absl::Status CheckFinite(const Tensor& logits, int64_t first) {
  const auto values = logits.values();
  const auto bad = std::find_if(values.begin(), values.end(), [](float z) { return !std::isfinite(z); });
  if (bad == values.end()) return absl::OkStatus();
  return absl::AbortedError(absl::StrCat("the network answers example ", first + (bad - values.begin()) / logits.dim(1),
                                         " with ", *bad,
                                         ": its weights are useless; train again with a smaller "
                                         "--learning_rate"));
}

}  // namespace

absl::Span<const float> Predictions::row(int64_t i) const {
  return probabilities.values().subspan(i * num_classes(), num_classes());
}

void CheckPredictions(const char* caller, const Predictions& predictions) {
  const int64_t n = predictions.size(), k = predictions.num_classes();
  DL_CHECK(k >= 1 && predictions.probabilities.shape() == Shape({n, k}))
      << caller << ": probabilities are " << ToString(predictions.probabilities.shape()) << ", there are " << n
      << " labels and " << k << " class names; they must be [N, K] of N labels and K >= 1 names";
  for (int32_t label : predictions.labels) {
    DL_CHECK(label >= 0 && label < k) << caller << ": label " << label << " of " << k << " classes";
  }
  for (float p : predictions.probabilities.values()) {
    DL_CHECK(p >= 0 && p <= 1) << caller << ": " << p << " is no probability";
  }
}

std::vector<int64_t> PredictedClasses(const Predictions& predictions) {
  CheckPredictions("PredictedClasses", predictions);
  return ArgMax(predictions.probabilities);
}

absl::StatusOr<Predictions> Predict(const LogitsFunction& logits_of, const Dataset& dataset,
                                    const Normalization& normalization) {
  const int64_t classes = dataset.num_classes();
  Predictions predictions{Tensor({dataset.size(), classes}), dataset.labels, dataset.class_names};
  float* y = predictions.probabilities.mutable_data();
  int64_t done = 0;
  for (const Batch& batch : Batches::InOrder(dataset, {.batch_size = kBatch, .normalization = normalization})) {
    const Tensor logits = Cast(ToPlain(logits_of(batch.inputs)), DType::kF32);
    const auto n = static_cast<int64_t>(batch.labels.size());
    DL_CHECK(logits.shape() == Shape({n, classes})) << "Predict: logits are " << ToString(logits.shape()) << " for "
                                                    << n << " examples of " << classes << " classes";
    if (absl::Status status = CheckFinite(logits, done); !status.ok()) return status;
    const Tensor probabilities = Softmax(logits);
    y = std::copy_n(probabilities.data(), probabilities.size(), y);
    done += n;
    if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
  }
  return predictions;
}

absl::StatusOr<Predictions> Predict(Layer& model, const Dataset& dataset, const Normalization& normalization) {
  return Predict([&](const Tensor& inputs) { return model.Forward(inputs, {}).value(); }, dataset, normalization);
}

}  // namespace dl
