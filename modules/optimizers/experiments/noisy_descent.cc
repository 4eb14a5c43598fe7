#include "modules/optimizers/experiments/noisy_descent.h"

#include "modules/training/interrupt.h"

namespace dl {
namespace {

// H x + noise · ξ.
Tensor NoisyGradient(const Quadratic& f, const Tensor& x, double noise, Random& random) {
  Tensor gradient = f.Gradient(x);
  double* g = gradient.mutable_data_f64();
  for (int64_t i = 0; i < gradient.size(); ++i) g[i] += noise * random.Normal();
  return gradient;
}

}  // namespace

absl::StatusOr<NoisyGaps> DescendInNoise(const Quadratic& f, const Schedule& rate, double noise, int64_t octaves,
                                         Random random) {
  Variable x(f.At(std::vector<double>(f.dimension(), 1)));
  const auto sgd = Sgd({x}, {.rate = rate});
  NoisyGaps gaps;
  for (int64_t k = 0; k <= octaves; ++k) {
    const int64_t end = int64_t{1} << k;
    const double steps = static_cast<double>(end - sgd->step());
    double gap = 0;
    Tensor mean = Tensor::ZerosLike(x.value());
    while (sgd->step() < end) {
      if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
      sgd->Step({NoisyGradient(f, x.value(), noise, random)});
      gap += f.Value(x.value()) / steps;
      double* m = mean.mutable_data_f64();
      const double* p = x.value().data_f64();
      for (int64_t i = 0; i < mean.size(); ++i) m[i] += p[i] / steps;
    }
    gaps.of_iterates.push_back(gap);
    gaps.of_means.push_back(f.Value(mean));
  }
  return gaps;
}

NoisyGaps ExpectedGaps(const Quadratic& f, const Schedule& rate, double noise, int64_t octaves) {
  NoisyGaps gaps{std::vector<double>(octaves + 1), std::vector<double>(octaves + 1)};
  for (double eigenvalue : f.eigenvalues()) {
    double xx = 1;  // E x x
    int64_t step = 0;
    for (int64_t k = 0; k <= octaves; ++k) {
      double sum_xx = 0, xs = 0, ss = 0;  // of s, the sum of x over the octave: Σ E x x, E x s, E s s
      const int64_t begin = step;
      for (; step < int64_t{1} << k; ++step) {
        const double eta = rate(step), keep = 1 - eta * eigenvalue;
        xx = keep * keep * xx + eta * eta * noise * noise;
        ss += 2 * keep * xs + xx;
        xs = keep * xs + xx;
        sum_xx += xx;
      }
      const double steps = static_cast<double>(step - begin);
      gaps.of_iterates[k] += 0.5 * eigenvalue * sum_xx / steps;
      gaps.of_means[k] += 0.5 * eigenvalue * ss / (steps * steps);
    }
  }
  return gaps;
}

double NoiseFloor(const Quadratic& f, double rate, double noise) {
  double floor = 0;
  for (double eigenvalue : f.eigenvalues()) floor += 0.5 * rate * noise * noise / (2 - rate * eigenvalue);
  return floor;
}

}  // namespace dl
