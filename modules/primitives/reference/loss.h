// The twins of loss.h: the value by its definition, the gradient by its formula.
#ifndef MODULES_PRIMITIVES_REFERENCE_LOSS_H_
#define MODULES_PRIMITIVES_REFERENCE_LOSS_H_

#include <cmath>
#include <vector>

#include "modules/primitives/reference/array.h"
#include "modules/primitives/reference/elementwise.h"

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
Loss<T> CrossEntropy(const Array<T>& logits, const std::vector<int32_t>& labels) {
  Loss<T> loss{T(0), Array<T>(logits.shape)};
  const int64_t rows = logits.shape[0], classes = logits.shape[1];
  for (int64_t n = 0; n < rows; ++n) {
    T total = T(0);
    for (int64_t k = 0; k < classes; ++k) total += std::exp(logits(n, k));
    loss.value -= std::log(std::exp(logits(n, labels[n])) / total) / static_cast<T>(rows);
    for (int64_t k = 0; k < classes; ++k) {
      loss.gradient(n, k) = (std::exp(logits(n, k)) / total - T(k == labels[n] ? 1 : 0)) / static_cast<T>(rows);
    }
  }
  return loss;
}

template <typename T>
Loss<T> BinaryCrossEntropyWithLogits(const Array<T>& logits, const Array<T>& target) {
  Loss<T> loss{T(0), Array<T>(logits.shape)};
  const T n = static_cast<T>(logits.values.size());
  for (size_t i = 0; i < logits.values.size(); ++i) {
    const T p = Sigmoid(logits.values[i]), t = target.values[i];
    loss.value -= (t * std::log(p) + (T(1) - t) * std::log(T(1) - p)) / n;
    loss.gradient.values[i] = (p - t) / n;
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
