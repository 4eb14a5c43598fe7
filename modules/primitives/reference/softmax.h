// The twins of softmax.h, along the last axis.
#ifndef MODULES_PRIMITIVES_REFERENCE_SOFTMAX_H_
#define MODULES_PRIMITIVES_REFERENCE_SOFTMAX_H_

#include <algorithm>
#include <cmath>

#include "modules/primitives/reference/array.h"

namespace dl::reference {

// y = x - log(sum(e^x)) for each row of x [..., D].
template <typename T>
Array<T> LogSoftmax(const Array<T>& x) {
  const size_t n = x.shape.back();
  Array<T> y(x.shape);
  for (size_t row = 0; row < x.values.size(); row += n) {
    const T largest = *std::max_element(&x.values[row], &x.values[row] + n);
    T sum = 0;
    for (size_t i = row; i < row + n; ++i) sum += std::exp(x.values[i] - largest);
    for (size_t i = row; i < row + n; ++i) y.values[i] = x.values[i] - largest - std::log(sum);
  }
  return y;
}

// y = e^x / sum(e^x) for each row of x [..., D].
template <typename T>
Array<T> Softmax(const Array<T>& x) {
  Array<T> y = LogSoftmax(x);
  for (T& value : y.values) value = std::exp(value);
  return y;
}

// dx_i = sum over j of dy_j dy_j/dx_i, with dy_j/dx_i = y_j ([i = j] - y_i).
template <typename T>
Array<T> SoftmaxBackward(const Array<T>& y, const Array<T>& dy) {
  const size_t n = y.shape.back();
  Array<T> dx(y.shape);
  for (size_t row = 0; row < y.values.size(); row += n) {
    for (size_t i = row; i < row + n; ++i) {
      for (size_t j = row; j < row + n; ++j) dx.values[i] += dy.values[j] * y.values[j] * (T(i == j) - y.values[i]);
    }
  }
  return dx;
}

// dx_i = sum over j of dy_j dy_j/dx_i, with dy_j/dx_i = [i = j] - e^(y_i).
template <typename T>
Array<T> LogSoftmaxBackward(const Array<T>& y, const Array<T>& dy) {
  const size_t n = y.shape.back();
  Array<T> dx(y.shape);
  for (size_t row = 0; row < y.values.size(); row += n) {
    for (size_t i = row; i < row + n; ++i) {
      for (size_t j = row; j < row + n; ++j) dx.values[i] += dy.values[j] * (T(i == j) - std::exp(y.values[i]));
    }
  }
  return dx;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_SOFTMAX_H_
