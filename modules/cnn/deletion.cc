#include "modules/cnn/deletion.h"

#include <algorithm>
#include <numeric>

#include "modules/base/check.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/softmax.h"

namespace dl {

std::vector<int64_t> MostSalientFirst(const Tensor& map) {
  std::vector<int64_t> order(map.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) { return map.data()[a] > map.data()[b]; });
  return order;
}

std::vector<double> DeletionCurve(Layer& model, const Tensor& x, int64_t label, const std::vector<int64_t>& order,
                                  int64_t steps) {
  DL_CHECK(x.rank() == 4 && x.dim(0) == 1) << "DeletionCurve: x is " << ToString(x.shape())
                                           << ", it must be [1, C, H, W]";
  const int64_t channels = x.dim(1), area = x.dim(2) * x.dim(3);
  DL_CHECK(static_cast<int64_t>(order.size()) == area && steps >= 1)
      << "DeletionCurve: an order of " << order.size() << " pixels in " << steps << " steps, for " << area;
  Tensor picture = ToPlain(x), all({steps + 1, channels, x.dim(2), x.dim(3)});
  int64_t deleted = 0;
  for (int64_t n = 0; n <= steps; ++n) {
    for (; deleted < n * area / steps; ++deleted) {
      for (int64_t c = 0; c < channels; ++c) picture.mutable_data()[c * area + order[deleted]] = 0;
    }
    std::copy_n(picture.data(), x.size(), all.mutable_data() + n * x.size());
  }
  const Tensor probabilities = Softmax(ToPlain(model.Forward(all, {}).value()));
  DL_CHECK(label >= 0 && label < probabilities.dim(1)) << "DeletionCurve: class " << label;
  std::vector<double> curve;
  for (int64_t n = 0; n <= steps; ++n) curve.push_back(probabilities.data()[n * probabilities.dim(1) + label]);
  return curve;
}

double AreaUnder(const std::vector<double>& curve) {
  DL_CHECK(curve.size() >= 2) << "AreaUnder: there are " << curve.size() << " values";
  const double sum = std::accumulate(curve.begin(), curve.end(), -(curve.front() + curve.back()) / 2);
  return sum / static_cast<double>(curve.size() - 1);
}

}  // namespace dl
