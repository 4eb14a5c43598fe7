#include "modules/primitives/testing.h"

#include <algorithm>
#include <cmath>

#include "modules/base/check.h"

namespace dl::testing {

Tensor RandomTensor(Shape shape, uint64_t seed) {
  Tensor tensor(std::move(shape));
  Random random(seed);
  float* values = tensor.mutable_data();
  for (int64_t i = 0; i < tensor.size(); ++i) values[i] = random.Normal();
  return tensor;
}

Tensor RandomF64Tensor(Shape shape, uint64_t seed) {
  Tensor tensor(std::move(shape), DType::kF64);
  Random random(seed);
  double* values = tensor.mutable_data_f64();
  for (int64_t i = 0; i < tensor.size(); ++i) values[i] = random.Normal() * (1 + 0x1p-30);
  return tensor;
}

Tensor IntegerTensor(Shape shape, uint64_t seed, int limit) {
  Tensor tensor(std::move(shape));
  Random random(seed);
  float* values = tensor.mutable_data();
  for (int64_t i = 0; i < tensor.size(); ++i) values[i] = static_cast<float>(random.Below(2 * limit + 1) - limit);
  return tensor;
}

reference::Array<double> RandomArray(Shape shape, uint64_t seed) {
  return reference::FromTensor<double>(RandomTensor(std::move(shape), seed));
}

bool IsExactly(const Tensor& y, const reference::Array<double>& twin) {
  return y.dtype() == DType::kF64 && y.shape() == twin.shape &&
         std::equal(twin.values.begin(), twin.values.end(), y.data_f64());
}

double RelativeL2(const reference::Array<double>& a, const reference::Array<double>& b) {
  DL_CHECK(a.shape == b.shape) << "RelativeL2: " << ToString(a.shape) << " against " << ToString(b.shape);
  double difference = 0, norm = 0;
  for (size_t i = 0; i < a.values.size(); ++i) {
    difference += (a.values[i] - b.values[i]) * (a.values[i] - b.values[i]);
    norm += b.values[i] * b.values[i];
  }
  return norm > 0 ? std::sqrt(difference / norm) : std::sqrt(difference);
}

double RelativeL2(const Tensor& a, const reference::Array<double>& b) {
  return RelativeL2(reference::FromTensor<double>(a), b);
}

// [central_difference]
reference::Array<double> NumericalGradient(
    const std::function<reference::Array<double>(const reference::Array<double>&)>& f,
    const reference::Array<double>& x, const reference::Array<double>& dy, double h) {
  reference::Array<double> dx(x.shape), moved = x;
  for (size_t i = 0; i < x.values.size(); ++i) {
    moved.values[i] = x.values[i] + h;
    const reference::Array<double> above = f(moved);
    moved.values[i] = x.values[i] - h;
    const reference::Array<double> below = f(moved);
    moved.values[i] = x.values[i];
    for (size_t j = 0; j < dy.values.size(); ++j) {
      dx.values[i] += (above.values[j] - below.values[j]) / (2 * h) * dy.values[j];
    }
  }
  return dx;
}
// [/central_difference]

}  // namespace dl::testing
