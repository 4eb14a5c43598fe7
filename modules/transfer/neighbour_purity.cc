#include "modules/transfer/neighbour_purity.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "modules/base/check.h"
#include "modules/transfer/feature_labels.h"
#include "modules/transfer/feature_matrix.h"

namespace dl {

double NeighbourPurity(const Tensor& features, absl::Span<const int32_t> labels, int64_t k) {
  const Tensor x = FeatureMatrix("NeighbourPurity", features, 2);
  const int64_t n = x.dim(0);
  ClassCount("NeighbourPurity", n, labels);
  DL_CHECK(k >= 1 && k < n) << "NeighbourPurity: " << k << " neighbours of " << n << " examples";
  const Tensor distances = SquaredDistances(x, x);
  int64_t same = 0;
  std::vector<std::pair<double, int64_t>> others;  // how far, and who
  for (int64_t i = 0; i < n; ++i) {
    others.clear();
    for (int64_t j = 0; j < n; ++j) {
      if (j != i) others.emplace_back(distances.data_f64()[i * n + j], j);
    }
    std::nth_element(others.begin(), others.begin() + (k - 1), others.end());
    for (int64_t nearest = 0; nearest < k; ++nearest) same += labels[others[nearest].second] == labels[i];
  }
  return static_cast<double>(same) / static_cast<double>(n * k);
}

}  // namespace dl
