#include "modules/backprop/initializers.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "modules/base/check.h"
#include "modules/base/nearest_name.h"
#include "modules/primitives/binary.h"

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

const std::vector<std::pair<std::string, Initializer>>& Named() {
  static const auto& named = *new std::vector<std::pair<std::string, Initializer>>{
      {"zero", ZeroInit},
      {"normal", NormalInit(1.0f)},
      {"lecun", LecunNormal},
      {"xavier", XavierNormal},
      {"xavier_uniform", XavierUniform},
      {"kaiming", KaimingNormal},
      {"kaiming_uniform", KaimingUniform},
      {"orthogonal", OrthogonalInit()},
  };
  return named;
}

Initializer Scaled(const Initializer& initializer, float factor) {
  return [initializer, factor](const Shape& shape, Random& random) {
    return Scale(initializer(shape, random), factor);
  };
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

Initializer TruncatedNormalInit(float deviation) {
  return [deviation](const Shape& shape, Random& random) {
    Tensor tensor(shape);
    float* values = tensor.mutable_data();
    for (int64_t i = 0; i < tensor.size(); ++i) {
      float z = random.Normal();
      while (std::abs(z) > 2) z = random.Normal();
      values[i] = deviation * z;
    }
    return tensor;
  };
}

Tensor LecunNormal(const Shape& shape, Random& random) {
  return Normal(shape, std::sqrt(1.0 / static_cast<double>(FansOf(shape).in)), random);
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

std::vector<std::string> InitializerNames() {
  std::vector<std::string> names;
  for (const auto& [name, initializer] : Named()) names.push_back(name);
  return names;
}

absl::StatusOr<Initializer> ParseInitializer(const std::string& name) {
  const size_t colon = name.find(':');
  const std::string stem = name.substr(0, colon);
  for (const auto& [known, initializer] : Named()) {
    if (known != stem) continue;
    if (colon == std::string::npos) return initializer;
    float factor;
    if (absl::SimpleAtof(name.substr(colon + 1), &factor) && std::isfinite(factor)) return Scaled(initializer, factor);
    return absl::InvalidArgumentError(
        absl::StrCat("initializer '", name, "': a number goes after the colon, as in ", stem, ":0.01"));
  }
  return UnknownName("initializer", stem, InitializerNames());
}

}  // namespace dl
