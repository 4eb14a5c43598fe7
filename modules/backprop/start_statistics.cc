#include "modules/backprop/start_statistics.h"

#include <algorithm>
#include <cmath>

#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/primitives/moments.h"

namespace dl {
namespace {

// The share of columns of h [N, K] that are all zeros.
double DeadShare(const Tensor& h) {
  const int64_t n = h.dim(0), k = h.dim(1);
  std::vector<bool> alive(k);
  for (int64_t i = 0; i < n * k; ++i) {
    if (h.data()[i] != 0) alive[i % k] = true;
  }
  return static_cast<double>(std::count(alive.begin(), alive.end(), false)) / static_cast<double>(k);
}

double LargestMagnitude(const Tensor& x) {
  double largest = 0;
  for (float value : x.values()) largest = std::max(largest, std::abs(double{value}));
  return largest;
}

}  // namespace

StartStatistics StartStatisticsOf(Sequential& mlp, const Tensor& x, absl::Span<const int32_t> labels) {
  const std::vector<Variable> outputs = mlp.Outputs(x, {});  // affine, activation, ..., affine
  const Variable loss = CrossEntropy(outputs.back(), labels);
  StartStatistics start{.loss = loss.value().item(),
                        .first_gradient = LargestMagnitude(Gradients(loss, {Variables(mlp).front()})[0]),
                        .layers = {}};
  for (size_t i = 1; i < outputs.size(); i += 2) {
    const Tensor& h = outputs[i].value();
    start.layers.push_back({std::sqrt(MomentsOf(h).variance), DeadShare(h), LogHistogramOf(h)});
  }
  return start;
}

}  // namespace dl
