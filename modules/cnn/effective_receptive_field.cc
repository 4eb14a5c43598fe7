#include "modules/cnn/effective_receptive_field.h"

#include <algorithm>
#include <cmath>

#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

constexpr double kTwoDeviations = 1 - 0.9545;  // the share of a normal distribution beyond them

// The weights, on y [N, K, Ho, Wo], of the sum that is differentiated.
Tensor CenterWeights(const Shape& y, Random& random) {
  Tensor weights = Tensor::Zeros(y);
  float* center = weights.mutable_data() + (y[2] / 2) * y[3] + y[3] / 2;
  for (int64_t map = 0; map < y[0] * y[1]; ++map) center[map * y[2] * y[3]] = random.Normal();
  return weights;
}

}  // namespace

// [influence]
Tensor CenterInfluence(const std::function<Variable(const Variable& x)>& map, const Tensor& x, Random& random) {
  DL_CHECK(x.rank() == 4) << "CenterInfluence: x is " << ToString(x.shape()) << ", it must be [N, C, H, W]";
  const Variable pixels = x, y = map(pixels);
  const Variable unit = Sum(y * CenterWeights(y.shape(), random));
  const Tensor gradient = ToPlain(Gradients(unit, {pixels})[0]);
  const int64_t area = x.dim(2) * x.dim(3), planes = x.dim(0) * x.dim(1);
  Tensor influence = Tensor::Zeros({x.dim(2), x.dim(3)}, DType::kF64);
  double* sums = influence.mutable_data_f64();
  for (int64_t plane = 0; plane < planes; ++plane) {
    for (int64_t i = 0; i < area; ++i) {
      sums[i] += std::abs(gradient.data()[plane * area + i]) / static_cast<double>(planes);
    }
  }
  return influence;
}
// [/influence]

InfluenceSize SizeOf(const Tensor& influence) {
  const int64_t height = influence.dim(0), width = influence.dim(1);
  const double* values = influence.data_f64();
  double mass = 0, row = 0, column = 0;
  for (int64_t i = 0; i < height * width; ++i) {
    mass += values[i];
    row += values[i] * static_cast<double>(i / width);
    column += values[i] * static_cast<double>(i % width);
  }
  if (mass == 0) return {};
  const double largest = *std::max_element(values, values + height * width);
  double squares = 0, seen = 0;
  for (int64_t i = 0; i < height * width; ++i) {
    const double dy = static_cast<double>(i / width) - row / mass, dx = static_cast<double>(i % width) - column / mass;
    squares += values[i] * (dy * dy + dx * dx);
    seen += values[i] > kTwoDeviations * largest;
  }
  return {.spread = std::sqrt(squares / mass / 2), .side = std::sqrt(seen)};
}

}  // namespace dl
