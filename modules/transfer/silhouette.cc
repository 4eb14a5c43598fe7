#include "modules/transfer/silhouette.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "modules/base/check.h"
#include "modules/transfer/feature_labels.h"
#include "modules/transfer/feature_matrix.h"

namespace dl {
namespace {

// Of an example of class `own`, from the sums of its distances to the examples of each class.
double SilhouetteOf(int32_t own, const std::vector<double>& sums, const std::vector<int64_t>& rows) {
  if (rows[own] == 1) return 0;
  const double a = sums[own] / static_cast<double>(rows[own] - 1);  // its distance to itself is 0
  double b = std::numeric_limits<double>::infinity();
  for (size_t c = 0; c < sums.size(); ++c) {
    if (static_cast<int32_t>(c) != own && rows[c] > 0) b = std::min(b, sums[c] / static_cast<double>(rows[c]));
  }
  const double larger = std::max(a, b);
  return larger > 0 ? (b - a) / larger : 0;
}

}  // namespace

double Silhouette(const Tensor& features, absl::Span<const int32_t> labels) {
  const Tensor x = FeatureMatrix("Silhouette", features, 2);
  const int64_t n = x.dim(0), classes = ClassCount("Silhouette", n, labels);
  const std::vector<int64_t> rows = RowsOfClasses(labels, classes);
  DL_CHECK(*std::max_element(rows.begin(), rows.end()) < n) << "Silhouette: all examples are of one class";
  const Tensor distances = SquaredDistances(x, x);
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) {
    std::vector<double> sums(classes);
    for (int64_t j = 0; j < n; ++j) {
      if (j != i) sums[labels[j]] += std::sqrt(distances.data_f64()[i * n + j]);
    }
    sum += SilhouetteOf(labels[i], sums, rows);
  }
  return sum / static_cast<double>(n);
}

}  // namespace dl
