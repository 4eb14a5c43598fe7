#include "modules/training/loss_plane.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "modules/base/check.h"
#include "modules/primitives/reorder.h"
#include "modules/training/interrupt.h"

namespace dl {
namespace {

constexpr double kRounding = 1e-10;  // of a variance of f32 numbers, what may be nothing but rounding

double Dot(const WeightVector& x, const WeightVector& y) {
  double sum = 0;
  for (size_t i = 0; i < x.size(); ++i) sum += double{x[i]} * y[i];
  return sum;
}

WeightVector Difference(const WeightVector& x, const WeightVector& y) {
  WeightVector difference(x.size());
  for (size_t i = 0; i < x.size(); ++i) difference[i] = x[i] - y[i];
  return difference;
}

// The mean of at least one vector.
WeightVector MeanOf(absl::Span<const WeightVector> points) {
  std::vector<double> sum(points.front().size());
  for (const WeightVector& point : points) {
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += point[i];
  }
  WeightVector mean(sum.size());
  for (size_t i = 0; i < sum.size(); ++i) mean[i] = static_cast<float>(sum[i] / static_cast<double>(points.size()));
  return mean;
}

using Matrix = std::vector<std::vector<double>>;

// Turns rows p and q of the symmetric `a`, and likewise the columns, by the angle that makes a[p][q] zero; `vectors`
// collects the turns.
void JacobiRotation(size_t p, size_t q, Matrix& a, Matrix& vectors) {
  if (a[p][q] == 0) return;
  const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const double t = (theta < 0 ? -1 : 1) / (std::abs(theta) + std::hypot(theta, 1)), c = 1 / std::hypot(t, 1), s = t * c;
  const auto turn = [c, s](double& x, double& y) {
    const double old = x;
    x = c * old - s * y;
    y = s * old + c * y;
  };
  for (std::vector<double>& row : a) turn(row[p], row[q]);
  for (size_t k = 0; k < a.size(); ++k) turn(a[p][k], a[q][k]);
  for (size_t k = 0; k < a.size(); ++k) turn(vectors[p][k], vectors[q][k]);
}

// The eigenvalues of the symmetric matrix `a` with their eigenvectors, largest first (Jacobi's method: cyclic turns
// until nothing but rounding stands beside the diagonal).
std::vector<std::pair<double, std::vector<double>>> Eigenpairs(Matrix a) {
  const size_t n = a.size();
  Matrix vectors(n, std::vector<double>(n));
  double all = 0;
  for (size_t i = 0; i < n; ++i) {
    vectors[i][i] = 1;
    for (double value : a[i]) all += value * value;
  }
  for (double beside = all; beside > 1e-24 * all;) {
    for (size_t p = 0; p < n; ++p) {
      for (size_t q = p + 1; q < n; ++q) JacobiRotation(p, q, a, vectors);
    }
    beside = 0;
    for (size_t p = 0; p < n; ++p) {
      for (size_t q = 0; q < p; ++q) beside += 2 * a[p][q] * a[p][q];
    }
  }
  std::vector<std::pair<double, std::vector<double>>> pairs;
  for (size_t i = 0; i < n; ++i) pairs.emplace_back(a[i][i], std::move(vectors[i]));
  std::stable_sort(pairs.begin(), pairs.end(), [](const auto& x, const auto& y) { return x.first > y.first; });
  return pairs;
}

}  // namespace

WeightVector WeightsOf(absl::Span<const Variable> parameters) {
  WeightVector weights;
  for (const Variable& parameter : parameters) {
    const Tensor plain = ToPlain(parameter.value());
    weights.insert(weights.end(), plain.values().begin(), plain.values().end());
  }
  return weights;
}

void SetWeights(absl::Span<const Variable> parameters, const WeightVector& weights) {
  size_t begin = 0;
  for (Variable parameter : parameters) {  // a copy is the same node
    const size_t size = static_cast<size_t>(parameter.value().size());
    DL_CHECK(begin + size <= weights.size()) << "SetWeights: " << weights.size() << " weights are too few";
    parameter.mutable_value() =
        InLayoutOf(Tensor::Of(parameter.shape(), absl::MakeConstSpan(weights).subspan(begin, size)), parameter.value());
    begin += size;
  }
  DL_CHECK(begin == weights.size()) << "SetWeights: " << weights.size() << " weights for " << begin << " places";
}

WeightVector FilterNormalizedDirection(absl::Span<const Variable> parameters, Random& random) {
  WeightVector direction;
  for (const Variable& parameter : parameters) {
    const Tensor weight = ToPlain(parameter.value());
    if (weight.rank() < 2) {
      direction.resize(direction.size() + static_cast<size_t>(weight.size()));
      continue;
    }
    const size_t length = static_cast<size_t>(weight.size() / weight.dim(0));
    for (size_t row = 0; row < static_cast<size_t>(weight.dim(0)); ++row) {
      const absl::Span<const float> own = weight.values().subspan(row * length, length);
      const WeightVector filter(own.begin(), own.end());
      WeightVector drawn(length);
      for (float& value : drawn) value = random.Normal();
      const float factor = static_cast<float>(std::sqrt(Dot(filter, filter) / Dot(drawn, drawn)));
      for (float value : drawn) direction.push_back(factor * value);
    }
  }
  return direction;
}

WeightVector WeightPlane::At(double a, double b) const {
  WeightVector point(origin.size());
  for (size_t i = 0; i < point.size(); ++i) {
    point[i] = static_cast<float>(origin[i] + a * axes[0][i] + b * axes[1][i]);
  }
  return point;
}

WeightPlane RandomPlane(absl::Span<const Variable> parameters, Random& random) {
  WeightVector first = FilterNormalizedDirection(parameters, random);
  return {WeightsOf(parameters), {std::move(first), FilterNormalizedDirection(parameters, random)}};
}

// The covariance of d weights is a matrix [d, d]; its eigenvectors with eigenvalues other than 0 are sums of the n
// points, whose coefficients are the eigenvectors of the far smaller matrix of their products [n, n].
absl::StatusOr<PrincipalPlane> PrincipalPlaneOf(absl::Span<const WeightVector> points) {
  PrincipalPlane result = {{MeanOf(points), {}}, {}};
  std::vector<WeightVector> centred;
  for (const WeightVector& point : points) centred.push_back(Difference(point, result.plane.origin));
  const size_t n = points.size();
  Matrix products(n, std::vector<double>(n));
  double variance = 0;
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j <= i; ++j) products[i][j] = products[j][i] = Dot(centred[i], centred[j]);
    variance += products[i][i];
  }
  const auto pairs = Eigenpairs(std::move(products));
  if (n < 3 || !(pairs[1].first > kRounding * variance)) {
    return absl::InvalidArgumentError(
        "the weights of the paths lie on one line, which spans no plane: more steps, or larger rates, leave it");
  }
  for (size_t axis = 0; axis < 2; ++axis) {
    const auto& [eigenvalue, coefficients] = pairs[axis];
    result.shares[axis] = eigenvalue / variance;
    const double norm = std::copysign(std::sqrt(eigenvalue), coefficients.front());
    std::vector<double> sum(centred.front().size());
    for (size_t i = 0; i < n; ++i) {
      for (size_t k = 0; k < sum.size(); ++k) sum[k] += coefficients[i] / norm * centred[i][k];
    }
    result.plane.axes[axis].assign(sum.begin(), sum.end());
  }
  return result;
}

Shadow Project(const WeightPlane& plane, const WeightVector& point) {
  const WeightVector offset = Difference(point, plane.origin);
  const double a = Dot(offset, plane.axes[0]), b = Dot(offset, plane.axes[1]);
  const WeightVector beside = Difference(point, plane.At(a, b));
  return {a, b, std::sqrt(Dot(beside, beside))};
}

absl::StatusOr<std::vector<double>> LossOnPlane(const WeightPlane& plane, absl::Span<const Variable> parameters,
                                                absl::Span<const double> as, absl::Span<const double> bs,
                                                const std::function<double()>& loss) {
  const WeightVector before = WeightsOf(parameters);
  absl::Status status;
  std::vector<double> losses;
  for (double b : bs) {
    for (double a : as) {
      if (!status.ok()) break;
      SetWeights(parameters, plane.At(a, b));
      losses.push_back(loss());
      status = CheckInterrupt();
    }
  }
  SetWeights(parameters, before);
  if (!status.ok()) return status;
  return losses;
}

absl::StatusOr<std::vector<double>> LossAtDistances(absl::Span<const Variable> parameters,
                                                    absl::Span<const double> distances, int64_t count, Random& random,
                                                    const std::function<double()>& loss) {
  std::vector<double> means(distances.size()), places(distances.begin(), distances.end());
  for (double distance : distances) places.push_back(-distance);
  for (int64_t i = 0; i < count; ++i) {
    const WeightPlane line = RandomPlane(parameters, random);  // along the first of its axes
    const auto losses = LossOnPlane(line, parameters, places, {0}, loss);
    if (!losses.ok()) return losses.status();
    for (size_t k = 0; k < places.size(); ++k) {
      means[k % means.size()] += (*losses)[k] / static_cast<double>(2 * count);
    }
  }
  return means;
}

}  // namespace dl
