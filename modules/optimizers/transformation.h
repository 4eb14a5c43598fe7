// Gradient transformations: the links that optimizers are chained from.
//
// A link turns the gradient of one element into an update of that element. It holds its constants, says how many
// numbers of state it keeps for each element (kState), prepares what changes from step to step once (At), and is
// otherwise one expression. Links know nothing of tensors; chain.h runs a whole chain of them in one loop.
//
//   struct Link {
//     static constexpr int kState;             // numbers of state for each element, 0 at first
//     auto At(int64_t step) const;             // a function (u, p, state...) → update, for the step, counted from 0
//   };
//
// u is the update so far (at the head of the chain the gradient), p the parameter; the state is passed by reference. T
// is float in training and double in proofs. Here are the links that fit every chain; momentum.h, adaptive.h and adam.h
// hold those that give one its name.
#ifndef MODULES_OPTIMIZERS_TRANSFORMATION_H_
#define MODULES_OPTIMIZERS_TRANSFORMATION_H_

#include <cstdint>

#include "modules/optimizers/schedule.h"

namespace dl {

// Weight decay apart from the gradient's history (Loshchilov & Hutter 2019): u + λ p. Before the other links of a chain
// it is L2 regularisation, ½ λ ||p||² added to the loss.
struct AddDecayedWeights {
  static constexpr int kState = 0;
  double lambda = 0;

  auto At(int64_t) const {
    return [l = lambda]<typename T>(T u, T p) { return u + static_cast<T>(l) * p; };
  }
};

// u, but no further from 0 than `limit`.
struct ClipByValue {
  static constexpr int kState = 0;
  double limit = 1;

  auto At(int64_t) const {
    return [l = limit]<typename T>(T u, T) {
      const T most = static_cast<T>(l);
      return u > most ? most : u < -most ? -most : u;
    };
  }
};

// [learning_rate]
// The last link: -η u, a step downhill.
struct ScaleByLearningRate {
  static constexpr int kState = 0;
  Schedule rate = Constant(1e-3);

  auto At(int64_t step) const {
    return [r = rate(step)]<typename T>(T u, T) { return static_cast<T>(-r) * u; };
  }
};
// [/learning_rate]

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_TRANSFORMATION_H_
