#include "modules/primitives/loss.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "modules/base/check.h"
#include "modules/primitives/internal/exponential.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/reference/loss.h"
#include "modules/primitives/softmax.h"

namespace dl {
namespace {

using reference::FromTensor;

Loss FromTwin(const reference::Loss<double>& loss) { return {loss.value, reference::ToTensor(loss.gradient)}; }

using Doubles = reference::Array<double>;
using Twin = std::function<reference::Loss<double>(const Doubles& y, const Doubles& target)>;

// Sums term(y, t, &slope) over all elements; both the sum and the slopes are divided by their number. f64 goes to the
// twin.
template <typename Term>
Loss MeanOverElements(const char* name, const Tensor& y, const Tensor& target, const Twin& twin, Term term) {
  DL_CHECK(y.shape() == target.shape() && y.size() > 0)
      << name << ": the prediction is " << ToString(y.shape()) << ", the target is " << ToString(target.shape())
      << "; they must be equal and not empty";
  if (AreF64(name, y, target)) return FromTwin(twin(FromTensor<double>(y), FromTensor<double>(target)));
  Tensor gradient(y.shape());
  float* slopes = gradient.mutable_data();
  const float scale = 1.0f / static_cast<float>(y.size());
  double sum = 0;
  for (int64_t i = 0; i < y.size(); ++i) {
    sum += term(y.data()[i], target.data()[i], &slopes[i]);
    slopes[i] *= scale;
  }
  return {sum / static_cast<double>(y.size()), std::move(gradient)};
}

// y = scale e^x for x <= 0.
DL_MULTIVERSION void Exponentiate(int64_t n, const float* x, float scale, float* __restrict y) {
  for (int64_t i = 0; i < n; ++i) y[i] = scale * ExponentialOfNegative(x[i]);
}

}  // namespace

Loss MeanSquaredError(const Tensor& y, const Tensor& target) {
  const auto term = [](float prediction, float t, float* slope) {
    const float error = prediction - t;
    *slope = 2.0f * error;
    return error * error;
  };
  return MeanOverElements("MeanSquaredError", y, target, reference::MeanSquaredError<double>, term);
}

Loss BinaryCrossEntropyWithLogits(const Tensor& logits, const Tensor& target) {
  const auto term = [](float x, float t, float* slope) {
    const float e = std::exp(-std::abs(x));  // in (0, 1]
    *slope = (x >= 0 ? 1.0f : e) / (1.0f + e) - t;
    return std::max(x, 0.0f) - x * t + std::log1p(e);
  };
  return MeanOverElements("BinaryCrossEntropyWithLogits", logits, target,
                          reference::BinaryCrossEntropyWithLogits<double>, term);
}

Loss HingeLoss(const Tensor& scores, const Tensor& target) {
  const auto term = [](float s, float t, float* slope) {
    DL_CHECK(t == 1.0f || t == -1.0f) << "HingeLoss: a target is " << t << "; it must be -1 or 1";
    const float missing = 1.0f - t * s;  // from the margin
    *slope = missing > 0 ? -t : 0.0f;
    return std::max(missing, 0.0f);
  };
  return MeanOverElements("HingeLoss", scores, target, reference::HingeLoss<double>, term);
}

Loss HuberLoss(const Tensor& y, const Tensor& target, float delta) {
  DL_CHECK(delta > 0) << "HuberLoss: delta is " << delta << "; it must be positive";
  const auto twin = [delta](const Doubles& a, const Doubles& t) { return reference::HuberLoss<double>(a, t, delta); };
  const auto term = [delta](float prediction, float t, float* slope) {
    const float error = prediction - t;
    *slope = std::clamp(error, -delta, delta);
    return *slope * (error - 0.5f * *slope);  // e²/2 inside, delta (|e| - delta/2) outside
  };
  return MeanOverElements("HuberLoss", y, target, twin, term);
}

Loss CrossEntropy(const Tensor& logits, absl::Span<const int32_t> labels, float smoothing) {
  DL_CHECK(logits.rank() == 2 && logits.dim(0) == static_cast<int64_t>(labels.size()) && logits.size() > 0)
      << "CrossEntropy: logits are " << ToString(logits.shape()) << ", there are " << labels.size()
      << " labels; they must be [N, K] and N, both not empty";
  DL_CHECK(smoothing >= 0 && smoothing <= 1)
      << "CrossEntropy: the smoothing is " << smoothing << "; it must be in [0, 1]";
  const int64_t n = logits.dim(0), k = logits.dim(1);
  for (int64_t i = 0; i < n; ++i) {
    DL_CHECK(labels[i] >= 0 && labels[i] < k)
        << "CrossEntropy: label " << labels[i] << " of row " << i << " is not in {0, ..., " << k - 1 << "}";
  }
  if (AreF64("CrossEntropy", logits)) {
    return FromTwin(
        reference::CrossEntropy<double>(FromTensor<double>(logits), {labels.begin(), labels.end()}, smoothing));
  }
  // [cross_entropy]
  const float scale = 1.0f / static_cast<float>(n);
  const float at_label = 1 - smoothing, at_each = smoothing / static_cast<float>(k);
  const Tensor log_probabilities = LogSoftmax(logits);
  Tensor gradient(logits.shape());
  float* slopes = gradient.mutable_data();
  Exponentiate(n * k, log_probabilities.data(), scale, slopes);  // the probabilities, divided by n
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) {
    sum -= at_label * log_probabilities.data()[i * k + labels[i]];
    slopes[i * k + labels[i]] -= scale * at_label;
  }
  if (at_each > 0) {
    for (int64_t i = 0; i < n * k; ++i) {
      sum -= at_each * log_probabilities.data()[i];
      slopes[i] -= scale * at_each;
    }
  }
  return {sum / static_cast<double>(n), std::move(gradient)};
  // [/cross_entropy]
}

}  // namespace dl
