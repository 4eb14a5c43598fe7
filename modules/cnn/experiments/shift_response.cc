#include "modules/cnn/experiments/shift_response.h"

#include <cmath>

#include "modules/base/check.h"
#include "modules/primitives/reorder.h"

namespace dl {

double Agreement(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  DL_CHECK(!a.empty() && a.size() == b.size()) << "Agreement: of " << a.size() << " and " << b.size() << " answers";
  int64_t same = 0;
  for (size_t i = 0; i < a.size(); ++i) same += a[i] == b[i];
  return static_cast<double>(same) / static_cast<double>(a.size());
}

double ShiftConsistency(const std::vector<std::vector<int64_t>>& answers) {
  DL_CHECK(answers.size() >= 2) << "ShiftConsistency: of " << answers.size() << " places";
  double sum = 0;
  for (size_t i = 0; i < answers.size(); ++i) {
    for (size_t k = 0; k < i; ++k) sum += Agreement(answers[i], answers[k]);
  }
  return sum / (static_cast<double>(answers.size() * (answers.size() - 1)) / 2);
}

double EquivarianceError(const Tensor& maps, const Tensor& of_moved, double shift) {
  const Shape& shape = maps.shape();
  DL_CHECK(shape.size() == 4 && shape == of_moved.shape() && shape[2] >= 4 && shape[3] >= 4)
      << "EquivarianceError: maps " << ToString(shape) << " and " << ToString(of_moved.shape());
  const int64_t images = shape[0], channels = shape[1], height = shape[2], width = shape[3];
  DL_CHECK(shift >= 0 && 4 * shift <= width) << "EquivarianceError: a shift of " << shift << " in a width of " << width;
  const Tensor still = ToPlain(maps), moved = ToPlain(of_moved);
  const int64_t columns = static_cast<int64_t>(std::floor(shift));
  const double between = shift - static_cast<double>(columns);
  double difference = 0, deviation = 0;
  for (int64_t c = 0; c < channels; ++c) {
    double sum = 0, squares = 0;
    int64_t count = 0;
    for (int64_t n = 0; n < images; ++n) {
      for (int64_t y = height / 4; y < height - height / 4; ++y) {
        const float* from = still.data() + ((n * channels + c) * height + y) * width;
        const float* to = moved.data() + ((n * channels + c) * height + y) * width;
        for (int64_t x = width / 4; x < width - width / 4; ++x) {
          const double near = from[x - columns], far = between > 0 ? from[x - columns - 1] : near;
          const double error = to[x] - ((1 - between) * near + between * far);
          difference += error * error;
          sum += to[x], squares += static_cast<double>(to[x]) * to[x], ++count;
        }
      }
    }
    deviation += squares - sum * sum / static_cast<double>(count);
  }
  return difference == 0 ? 0 : std::sqrt(difference / deviation);
}

}  // namespace dl
