// Adam and its kin: a running mean of the gradient over a running size of it, both corrected for their start at 0.
#ifndef MODULES_OPTIMIZERS_ADAM_H_
#define MODULES_OPTIMIZERS_ADAM_H_

#include <cmath>
#include <cstdint>

namespace dl {

namespace internal {

// What the sum of a running mean's weights is short of 1 after `step` + 1 steps, inverted: 1 / (1 - β^(step + 1)).
inline double BiasCorrection(double beta, int64_t step) {
  return 1 / (1 - std::pow(beta, static_cast<double>(step + 1)));
}

}  // namespace internal

// [adam]
// Adam (Kingma & Ba 2015), algorithm 1: running means of u and u², corrected for their start at 0 unless `corrected` is
// false.
struct ScaleByAdam {
  static constexpr int kState = 2;
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
  bool corrected = true;

  auto At(int64_t step) const {
    const double c1 = corrected ? internal::BiasCorrection(beta1, step) : 1;
    const double c2 = corrected ? internal::BiasCorrection(beta2, step) : 1;
    return [b1 = beta1, b2 = beta2, e = epsilon, c1, c2]<typename T>(T u, T, T& m, T& v) {
      m = static_cast<T>(b1) * m + static_cast<T>(1 - b1) * u;
      v = static_cast<T>(b2) * v + static_cast<T>(1 - b2) * u * u;
      return static_cast<T>(c1) * m / (std::sqrt(static_cast<T>(c2) * v) + static_cast<T>(e));
    };
  }
};
// [/adam]

// AMSGrad (Reddi et al. 2018): Adam by the largest v so far, so that no rate grows again; with Adam's corrections, as
// PyTorch has it.
struct ScaleByAmsGrad {
  static constexpr int kState = 3;
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;

  auto At(int64_t step) const {
    return [b1 = beta1, b2 = beta2, e = epsilon, c1 = internal::BiasCorrection(beta1, step),
            c2 = internal::BiasCorrection(beta2, step)]<typename T>(T u, T, T& m, T& v, T& largest) {
      m = static_cast<T>(b1) * m + static_cast<T>(1 - b1) * u;
      v = static_cast<T>(b2) * v + static_cast<T>(1 - b2) * u * u;
      largest = v > largest ? v : largest;
      return static_cast<T>(c1) * m / (std::sqrt(static_cast<T>(c2) * largest) + static_cast<T>(e));
    };
  }
};

// Adamax (Kingma & Ba 2015), section 7.1: Adam by the largest |u|, which fades, in place of the root mean square; with
// PyTorch's ε inside the maximum.
struct ScaleByAdamax {
  static constexpr int kState = 2;
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;

  auto At(int64_t step) const {
    return [b1 = beta1, b2 = beta2, e = epsilon, c1 = internal::BiasCorrection(beta1, step)]<typename T>(T u, T, T& m,
                                                                                                         T& largest) {
      m = static_cast<T>(b1) * m + static_cast<T>(1 - b1) * u;
      const T faded = static_cast<T>(b2) * largest, size = std::abs(u) + static_cast<T>(e);
      largest = faded > size ? faded : size;
      return static_cast<T>(c1) * m / largest;
    };
  }
};

// NAdam (Dozat 2016): Adam with Nesterov's look ahead, where the momentum μ(t) = β₁ (1 - ½ 0.96^(t ψ)) grows to β₁.
struct ScaleByNAdam {
  static constexpr int kState = 2;
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, psi = 0.004;

  auto At(int64_t step) const {
    const double now = MomentumAt(step + 1), next = MomentumAt(step + 2), product = ProductOfFirst(step + 1);
    return [b1 = beta1, b2 = beta2, e = epsilon, of_u = (1 - now) / (1 - product), of_m = next / (1 - product * next),
            c2 = internal::BiasCorrection(beta2, step)]<typename T>(T u, T, T& m, T& v) {
      m = static_cast<T>(b1) * m + static_cast<T>(1 - b1) * u;
      v = static_cast<T>(b2) * v + static_cast<T>(1 - b2) * u * u;
      const T ahead = static_cast<T>(of_u) * u + static_cast<T>(of_m) * m;
      return ahead / (std::sqrt(static_cast<T>(c2) * v) + static_cast<T>(e));
    };
  }

  double MomentumAt(int64_t t) const { return beta1 * (1 - 0.5 * std::pow(0.96, static_cast<double>(t) * psi)); }

  // μ(1) ⋯ μ(t): it has no closed form, so what is known of it is kept.
  double ProductOfFirst(int64_t t) const {
    if (t < known) known = 0, product = 1;
    while (known < t) product *= MomentumAt(++known);
    return product;
  }
  mutable int64_t known = 0;
  mutable double product = 1;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_ADAM_H_
