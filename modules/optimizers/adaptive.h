// Links that give each element a rate of its own, by the size of the gradients it has seen.
#ifndef MODULES_OPTIMIZERS_ADAPTIVE_H_
#define MODULES_OPTIMIZERS_ADAPTIVE_H_

#include <cmath>
#include <cstdint>

namespace dl {

// [adagrad]
// AdaGrad (Duchi et al. 2011): s ← s + u², and the update is u / (√s + ε). The rate of an element only ever falls.
struct ScaleByAdaGrad {
  static constexpr int kState = 1;
  double epsilon = 1e-10;
  double inner_epsilon = 0;  // under the root, where some authors have it

  auto At(int64_t) const {
    return [e = epsilon, r = inner_epsilon]<typename T>(T u, T, T& s) {
      s += u * u;
      return u / (std::sqrt(s + static_cast<T>(r)) + static_cast<T>(e));
    };
  }
};
// [/adagrad]

// [rmsprop]
// RMSprop (Tieleman & Hinton 2012): s is a running mean of u², so the past is forgotten; the update is u / (√s + ε).
struct ScaleByRms {
  static constexpr int kState = 1;
  double decay = 0.9, epsilon = 1e-8;
  double inner_epsilon = 0;  // under the root

  auto At(int64_t) const {
    return [d = decay, e = epsilon, r = inner_epsilon]<typename T>(T u, T, T& s) {
      s = static_cast<T>(d) * s + static_cast<T>(1 - d) * u * u;
      return u / (std::sqrt(s + static_cast<T>(r)) + static_cast<T>(e));
    };
  }
};
// [/rmsprop]

// RMSprop by the running variance s - m² in place of the mean square (Graves 2013). Where rounding leaves the variance
// below 0 it counts as 0.
struct ScaleByDeviation {
  static constexpr int kState = 2;
  double decay = 0.9, epsilon = 1e-8;

  auto At(int64_t) const {
    return [d = decay, e = epsilon]<typename T>(T u, T, T& s, T& m) {
      s = static_cast<T>(d) * s + static_cast<T>(1 - d) * u * u;
      m = static_cast<T>(d) * m + static_cast<T>(1 - d) * u;
      const T variance = s - m * m;
      return u / (std::sqrt(variance > 0 ? variance : 0) + static_cast<T>(e));
    };
  }
};

// [adadelta]
// Adadelta (Zeiler 2012): u times √(running mean of squared updates + ε) / √(running mean of u² + ε), which has the
// parameter's own unit: a rate of 1 will do.
struct ScaleByAdadelta {
  static constexpr int kState = 2;
  double decay = 0.9, epsilon = 1e-6;

  auto At(int64_t) const {
    return [d = decay, e = epsilon]<typename T>(T u, T, T& s, T& moved) {
      s = static_cast<T>(d) * s + static_cast<T>(1 - d) * u * u;
      const T update = std::sqrt(moved + static_cast<T>(e)) / std::sqrt(s + static_cast<T>(e)) * u;
      moved = static_cast<T>(d) * moved + static_cast<T>(1 - d) * update * update;
      return update;
    };
  }
};
// [/adadelta]

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_ADAPTIVE_H_
