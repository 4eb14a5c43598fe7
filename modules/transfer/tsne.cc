#include "modules/transfer/tsne.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "modules/base/check.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/transfer/neighbour_affinities.h"
#include "modules/transfer/principal_components.h"

namespace dl {
namespace {

constexpr double kStartDeviation = 1e-4;
constexpr double kGainStep = 0.2, kGainFactor = 0.8, kLeastGain = 0.01;

// Affinities below this are left out of the forces: P sums to 1, and numbers near f32's least are slow to reckon with.
constexpr double kLeastAffinity = 1e-16;

// What the others do to one example.
struct Force {
  float pull[2];  // sum of p w (y_i - y_j)
  float push[2];  // sum of w² (y_i - y_j)
  float sum;      // of w, its own 1 included
};

// Of the examples {begin, ..., end - 1}. p: [n, n]; u, v: the n coordinates of each.
DL_MULTIVERSION void Forces(int64_t begin, int64_t end, int64_t n, const float* p, const float* u, const float* v,
                            Force* forces) {
  for (int64_t i = begin; i < end; ++i) {
    const float* row = p + i * n;
    const float at_u = u[i], at_v = v[i];
    float pull_u = 0, pull_v = 0, push_u = 0, push_v = 0, sum = 0;
#pragma omp simd reduction(+ : pull_u, pull_v, push_u, push_v, sum)
    for (int64_t j = 0; j < n; ++j) {
      const float du = at_u - u[j], dv = at_v - v[j];
      const float w = 1.0f / (1.0f + du * du + dv * dv);
      const float attraction = row[j] * w, repulsion = w * w;
      pull_u += attraction * du;
      pull_v += attraction * dv;
      push_u += repulsion * du;
      push_v += repulsion * dv;
      sum += w;
    }
    forces[i] = {{pull_u, pull_v}, {push_u, push_v}, sum};
  }
}

// One coordinate of all examples, and its memory.
struct Coordinate {
  std::vector<double> y, velocity, gain;
  std::vector<float> rounded;  // y, for the forces

  explicit Coordinate(std::vector<double> start)
      : y(std::move(start)), velocity(y.size()), gain(y.size(), 1), rounded(y.begin(), y.end()) {}

  // A step against the gradient of example i: its gain grows while it goes against its velocity, and shrinks else.
  void Step(size_t i, double gradient, double momentum, double rate) {
    const bool turns = (gradient > 0) != (velocity[i] > 0);
    gain[i] = std::max(turns ? gain[i] + kGainStep : gain[i] * kGainFactor, kLeastGain);
    velocity[i] = momentum * velocity[i] - rate * gain[i] * gradient;
    y[i] += velocity[i];
  }

  void Centre() {
    double mean = 0;
    for (const double value : y) mean += value / static_cast<double>(y.size());
    for (size_t i = 0; i < y.size(); ++i) rounded[i] = static_cast<float>(y[i] -= mean);
  }
};

// f32, without what is too little to count.
Tensor ForForces(const Tensor& affinities) {
  Tensor p(affinities.shape());
  std::transform(affinities.data_f64(), affinities.data_f64() + affinities.size(), p.mutable_data(),
                 [](double share) { return share < kLeastAffinity ? 0.0f : static_cast<float>(share); });
  return p;
}

// The first two principal components, the first of deviation 1e-4; zeros where nothing varies.
std::vector<Coordinate> Start(const Tensor& features) {
  const PrincipalComponents pca = PrincipalComponentsOf(features, 2);
  const Tensor projected = Project(pca, features);
  const double variance = pca.variances.data_f64()[0];
  const double factor = variance > 0 ? kStartDeviation / std::sqrt(variance) : 0;
  std::vector<Coordinate> start;
  for (int64_t axis = 0; axis < 2; ++axis) {
    std::vector<double> y(projected.dim(0));
    for (size_t i = 0; i < y.size(); ++i) y[i] = factor * projected.data_f64()[2 * i + axis];
    start.emplace_back(std::move(y));
  }
  return start;
}

// KL(P || Q).
double Divergence(const Tensor& p, const std::vector<double>& u, const std::vector<double>& v) {
  const auto n = static_cast<int64_t>(u.size());
  double sum = 0, z = 0;
  const double* share = p.data_f64();
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t j = 0; j < n; ++j, ++share) {
      if (i == j) continue;
      const double du = u[i] - u[j], dv = v[i] - v[j], inverse = 1 + du * du + dv * dv;
      z += 1 / inverse;
      if (*share > 0) sum += *share * std::log(*share * inverse);
    }
  }
  return sum + std::log(z);  // P sums to 1
}

}  // namespace

TSneMap TSne(const Tensor& features, const TSneOptions& o) {
  DL_CHECK(o.exaggeration > 0 && o.rate >= 0) << "TSne: exaggeration " << o.exaggeration << ", rate " << o.rate;
  const Tensor affinities = NeighbourAffinities(features, o.perplexity), p = ForForces(affinities);
  const int64_t n = p.dim(0);
  const double rate = o.rate > 0 ? o.rate : static_cast<double>(n) / o.exaggeration;
  std::vector<Coordinate> axes = Start(features);
  std::vector<Force> forces(n);
  for (int64_t iteration = 0; iteration < o.iterations; ++iteration) {
    ParallelFor(n, n, [&](int64_t begin, int64_t end) {
      Forces(begin, end, n, p.data(), axes[0].rounded.data(), axes[1].rounded.data(), forces.data());
    });
    double z = 0;
    for (const Force& force : forces) z += force.sum - 1.0;
    const bool early = iteration < o.exaggerated;
    const double pull = early ? o.exaggeration : 1, momentum = early ? 0.5 : 0.8;
    for (size_t axis = 0; axis < 2; ++axis) {
      for (int64_t i = 0; i < n; ++i) {
        axes[axis].Step(i, 4 * (pull * forces[i].pull[axis] - forces[i].push[axis] / z), momentum, rate);
      }
      axes[axis].Centre();
    }
  }
  TSneMap map = {Tensor({n, 2}, DType::kF64), Divergence(affinities, axes[0].y, axes[1].y)};
  for (int64_t i = 0; i < 2 * n; ++i) map.y.mutable_data_f64()[i] = axes[i % 2].y[i / 2];
  return map;
}

}  // namespace dl
