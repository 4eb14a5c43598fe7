#include "modules/backprop/initializers.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "modules/base/check.h"

namespace dl {
namespace {

Tensor Normal(const Shape& shape, double deviation, Random& random) {
  Tensor tensor(shape);
  float* values = tensor.mutable_data();
  for (int64_t i = 0; i < tensor.size(); ++i) values[i] = static_cast<float>(deviation) * random.Normal();
  return tensor;
}

Tensor Uniform(const Shape& shape, double bound, Random& random) {
  Tensor tensor(shape);
  const float b = static_cast<float>(bound);
  float* values = tensor.mutable_data();
  for (int64_t i = 0; i < tensor.size(); ++i) values[i] = random.Uniform(-b, b);
  return tensor;
}

using Row = std::vector<double>;

double Dot(const Row& a, const Row& b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// `count` random orthonormal rows of `length` >= count, by Gram and Schmidt's method; a second pass removes what rounding
// left of the earlier rows.
std::vector<Row> OrthonormalRows(int64_t count, int64_t length, Random& random) {
  std::vector<Row> rows;
  for (int64_t i = 0; i < count; ++i) {
    Row row(length);
    for (double& value : row) value = random.Normal();
    for (int pass = 0; pass < 2; ++pass) {
      for (const Row& earlier : rows) {
        const double along = Dot(row, earlier);
        for (int64_t j = 0; j < length; ++j) row[j] -= along * earlier[j];
      }
    }
    const double norm = std::sqrt(Dot(row, row));
    for (double& value : row) value /= norm;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Fans FansOf(const Shape& shape) {
  DL_CHECK(shape.size() == 2 || shape.size() == 4)
      << "FansOf: a weight is [K, D] or [K, C, R, S], this one is " << ToString(shape);
  const int64_t in = NumElements(shape) / shape[0];
  const int64_t window = shape.size() == 4 ? shape[2] * shape[3] : 1;
  return {in, shape[0] * window};
}

Tensor ZeroInit(const Shape& shape, Random&) { return Tensor::Zeros(shape); }

Initializer NormalInit(float deviation) {
  return [deviation](const Shape& shape, Random& random) { return Normal(shape, deviation, random); };
}

Tensor XavierUniform(const Shape& shape, Random& random) {
  const Fans fans = FansOf(shape);
  return Uniform(shape, std::sqrt(6.0 / static_cast<double>(fans.in + fans.out)), random);
}

Tensor XavierNormal(const Shape& shape, Random& random) {
  const Fans fans = FansOf(shape);
  return Normal(shape, std::sqrt(2.0 / static_cast<double>(fans.in + fans.out)), random);
}

Tensor KaimingUniform(const Shape& shape, Random& random) {
  return Uniform(shape, std::sqrt(6.0 / static_cast<double>(FansOf(shape).in)), random);
}

Tensor KaimingNormal(const Shape& shape, Random& random) {
  return Normal(shape, std::sqrt(2.0 / static_cast<double>(FansOf(shape).in)), random);
}

Initializer OrthogonalInit(float gain) {
  return [gain](const Shape& shape, Random& random) {
    const int64_t k = shape[0], d = FansOf(shape).in;
    const std::vector<Row> rows = OrthonormalRows(std::min(k, d), std::max(k, d), random);
    Tensor tensor(shape);
    float* values = tensor.mutable_data();
    for (int64_t i = 0; i < k; ++i) {
      for (int64_t j = 0; j < d; ++j) values[i * d + j] = gain * static_cast<float>(k <= d ? rows[i][j] : rows[j][i]);
    }
    return tensor;
  };
}

}  // namespace dl
