#include "modules/transfer/leep.h"

#include <cmath>
#include <vector>

#include "modules/transfer/feature_labels.h"
#include "modules/transfer/feature_matrix.h"

namespace dl {

double Leep(const Tensor& source_probabilities, absl::Span<const int32_t> labels) {
  const Tensor theta = FeatureMatrix("Leep", source_probabilities);
  const int64_t n = theta.dim(0), z = theta.dim(1), classes = ClassCount("Leep", n, labels);
  std::vector<double> joint(classes * z), marginal(z);  // N P(y, z), N P(z)
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t k = 0; k < z; ++k) {
      joint[labels[i] * z + k] += theta.data_f64()[i * z + k];
      marginal[k] += theta.data_f64()[i * z + k];
    }
  }
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) {
    double expected = 0;
    for (int64_t k = 0; k < z; ++k) {
      if (marginal[k] > 0) expected += joint[labels[i] * z + k] / marginal[k] * theta.data_f64()[i * z + k];
    }
    sum += std::log(expected);
  }
  return sum / static_cast<double>(n);
}

}  // namespace dl
