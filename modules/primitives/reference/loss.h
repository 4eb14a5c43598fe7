// The twins of loss.h: the value by its definition, the gradient by its formula.
#ifndef MODULES_PRIMITIVES_REFERENCE_LOSS_H_
#define MODULES_PRIMITIVES_REFERENCE_LOSS_H_

#include <algorithm>
#include <cmath>
#include <vector>

#include "modules/primitives/reference/array.h"
#include "modules/primitives/reference/elementwise.h"
#include "modules/primitives/reference/softmax.h"

namespace dl::reference {

template <typename T>
struct Loss {
  T value;
  Array<T> gradient;
};

template <typename T>
Loss<T> MeanSquaredError(const Array<T>& y, const Array<T>& target) {
  Loss<T> loss{T(0), Array<T>(y.shape)};
  const T n = static_cast<T>(y.values.size());
  for (size_t i = 0; i < y.values.size(); ++i) {
    const T error = y.values[i] - target.values[i];
    loss.value += error * error / n;
    loss.gradient.values[i] = T(2) * error / n;
  }
  return loss;
}

template <typename T>
Loss<T> CrossEntropy(const Array<T>& logits, const std::vector<int32_t>& labels, T smoothing = 0) {
  Loss<T> loss{T(0), Array<T>(logits.shape)};
  const int64_t rows = logits.shape[0], classes = logits.shape[1];
  const Array<T> log_probabilities = LogSoftmax(logits);
  for (int64_t n = 0; n < rows; ++n) {
    for (int64_t k = 0; k < classes; ++k) {
      const T target = (T(1) - smoothing) * T(k == labels[n]) + smoothing / static_cast<T>(classes);
      loss.value -= target * log_probabilities(n, k) / static_cast<T>(rows);
      loss.gradient(n, k) = (std::exp(log_probabilities(n, k)) - target) / static_cast<T>(rows);
    }
  }
  return loss;
}

// log σ(x), of which neither end overflows.
template <typename T>
T LogSigmoid(T x) {
  return std::min(x, T(0)) - std::log1p(std::exp(-std::abs(x)));
}

template <typename T>
Loss<T> BinaryCrossEntropyWithLogits(const Array<T>& logits, const Array<T>& target) {
  Loss<T> loss{T(0), Array<T>(logits.shape)};
  const T n = static_cast<T>(logits.values.size());
  for (size_t i = 0; i < logits.values.size(); ++i) {
    const T x = logits.values[i], t = target.values[i];
    loss.value -= (t * LogSigmoid(x) + (T(1) - t) * LogSigmoid(-x)) / n;  // 1 - σ(x) = σ(-x)
    loss.gradient.values[i] = (Sigmoid(x) - t) / n;
  }
  return loss;
}

template <typename T>
Loss<T> HingeLoss(const Array<T>& scores, const Array<T>& target) {
  Loss<T> loss{T(0), Array<T>(scores.shape)};
  const T n = static_cast<T>(scores.values.size());
  for (size_t i = 0; i < scores.values.size(); ++i) {
    const T s = scores.values[i], t = target.values[i];
    if (t * s < T(1)) {
      loss.value += (T(1) - t * s) / n;
      loss.gradient.values[i] = -t / n;
    }
  }
  return loss;
}

template <typename T>
Loss<T> HuberLoss(const Array<T>& y, const Array<T>& target, T delta) {
  Loss<T> loss{T(0), Array<T>(y.shape)};
  const T n = static_cast<T>(y.values.size());
  for (size_t i = 0; i < y.values.size(); ++i) {
    const T error = y.values[i] - target.values[i];
    if (std::abs(error) <= delta) {
      loss.value += error * error / T(2) / n;
      loss.gradient.values[i] = error / n;
    } else {
      loss.value += delta * (std::abs(error) - delta / T(2)) / n;
      loss.gradient.values[i] = (error > T(0) ? delta : -delta) / n;
    }
  }
  return loss;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_LOSS_H_
