// Gradient transformations: the links that optimizers are chained from.
//
// A link turns the gradient of one element into an update of that element. It holds its constants, says how many numbers
// of state it keeps for each element (kState), prepares what changes from step to step once (At), and is otherwise one
// expression. Links know nothing of tensors; chain.h runs a whole chain of them in one loop.
#ifndef MODULES_OPTIMIZERS_TRANSFORMATION_H_
#define MODULES_OPTIMIZERS_TRANSFORMATION_H_

#include <cmath>
#include <cstdint>
#include <functional>

namespace dl {

// A number that depends on the step, which counts from 0.
using Schedule = std::function<double(int64_t step)>;

inline Schedule Constant(double value) {
  return [value](int64_t) { return value; };
}

// Element-wise links are written as
//   struct Link {
//     static constexpr int kState;             // numbers of state for each element, 0 at first
//     auto At(int64_t step) const;             // a function (u, p, state...) → update, for the step, counted from 0
//   };
// where u is the update so far (at the head of the chain the gradient), p the parameter, and the state is passed by
// reference. T is float in training and double in proofs.

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

// [adam]
// Adam (Kingma & Ba 2015), algorithm 1: running means of u and u², corrected for their start at 0.
struct ScaleByAdam {
  static constexpr int kState = 2;
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;

  auto At(int64_t step) const {
    const double t = static_cast<double>(step + 1);
    return [b1 = beta1, b2 = beta2, e = epsilon, c1 = 1 / (1 - std::pow(beta1, t)),
            c2 = 1 / (1 - std::pow(beta2, t))]<typename T>(T u, T, T& m, T& v) {
      m = static_cast<T>(b1) * m + static_cast<T>(1 - b1) * u;
      v = static_cast<T>(b2) * v + static_cast<T>(1 - b2) * u * u;
      return static_cast<T>(c1) * m / (std::sqrt(static_cast<T>(c2) * v) + static_cast<T>(e));
    };
  }
};
// [/adam]

// Weight decay apart from the gradient's history (Loshchilov & Hutter 2019): u + λ p. Before the other links of a chain
// it is L2 regularisation, ½ λ ||p||² added to the loss.
struct AddDecayedWeights {
  static constexpr int kState = 0;
  double lambda = 0;

  auto At(int64_t) const {
    return [l = lambda]<typename T>(T u, T p) { return u + static_cast<T>(l) * p; };
  }
};

// The last link: -η u, a step downhill.
struct ScaleByLearningRate {
  static constexpr int kState = 0;
  Schedule rate = Constant(1e-3);

  auto At(int64_t step) const {
    return [r = rate(step)]<typename T>(T u, T) { return static_cast<T>(-r) * u; };
  }
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_TRANSFORMATION_H_
