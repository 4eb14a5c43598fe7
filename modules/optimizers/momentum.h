// Links that remember where the gradient pointed: heavy ball, Nesterov, Lion.
#ifndef MODULES_OPTIMIZERS_MOMENTUM_H_
#define MODULES_OPTIMIZERS_MOMENTUM_H_

#include <cstdint>

namespace dl {

// [momentum]
// Heavy-ball momentum (Polyak 1964) as in deep learning frameworks: v ← μ v + u, and the update is v; with `nesterov`
// (Sutskever et al. 2013) it is u + μ v.
struct Momentum {
  static constexpr int kState = 1;
  double mu = 0.9;
  bool nesterov = false;

  auto At(int64_t) const {
    return [m = mu, ahead = nesterov]<typename T>(T u, T, T& v) {
      v = static_cast<T>(m) * v + u;
      return ahead ? u + static_cast<T>(m) * v : v;
    };
  }
};
// [/momentum]

// [lion]
// Lion (Chen et al. 2023): the sign of a mean of u and its history m, so that every element moves by η. m itself
// forgets at another pace than the mean.
struct ScaleByLion {
  static constexpr int kState = 1;
  double beta1 = 0.9, beta2 = 0.99;

  auto At(int64_t) const {
    return [b1 = beta1, b2 = beta2]<typename T>(T u, T, T& m) {
      const T mean = static_cast<T>(b1) * m + static_cast<T>(1 - b1) * u;
      m = static_cast<T>(b2) * m + static_cast<T>(1 - b2) * u;
      return static_cast<T>(mean > 0) - static_cast<T>(mean < 0);
    };
  }
};
// [/lion]

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_MOMENTUM_H_
