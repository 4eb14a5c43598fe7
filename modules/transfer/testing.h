// What the tests of this room share: inputs that a few words in NumPy make again.
#ifndef MODULES_TRANSFER_TESTING_H_
#define MODULES_TRANSFER_TESTING_H_

#include <cmath>
#include <cstdint>
#include <vector>

#include "modules/primitives/tensor.h"

namespace dl::testing {

// f64, element k is sin(phase + k² / 10): np.sin(phase + np.arange(size)**2 / 10).reshape(shape).
inline Tensor Wave(const Shape& shape, double phase) {
  Tensor wave(shape, DType::kF64);
  double* elements = wave.mutable_data_f64();
  for (int64_t k = 0; k < wave.size(); ++k) elements[k] = std::sin(phase + static_cast<double>(k * k) / 10);
  return wave;
}

// The labels 0, 1, ..., classes - 1, 0, 1, ...: np.arange(n) % classes.
inline std::vector<int32_t> RoundRobin(int64_t n, int32_t classes) {
  std::vector<int32_t> labels(n);
  for (int64_t i = 0; i < n; ++i) labels[i] = static_cast<int32_t>(i % classes);
  return labels;
}

}  // namespace dl::testing

#endif  // MODULES_TRANSFER_TESTING_H_
