// The multilayer perceptron neuron by neuron, out of Scalars, and the loss of a classifier of two classes.
#ifndef MODULES_BACKPROP_SCALAR_MLP_H_
#define MODULES_BACKPROP_SCALAR_MLP_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "modules/backprop/scalar.h"
#include "modules/base/random.h"

namespace dl {

// Linear layers of the given widths, inputs first and outputs last, with ReLU between them, as in mlp.h.
class ScalarMlp {
 public:
  // Appends the parameters to `tape`, which must outlive this: weights uniform in [-1, 1), biases 0, as in micrograd.
  ScalarMlp(Tape& tape, std::vector<int64_t> widths, Random& random);

  // The outputs for one example. x: widths.front() numbers; the result: widths.back().
  std::vector<Scalar> Forward(absl::Span<const double> x) const;

  // Layer by layer, w [outputs, inputs] in row-major order, then b [outputs]: the order of Mlp's parameters.
  const std::vector<Scalar>& parameters() const { return parameters_; }

 private:
  std::vector<int64_t> widths_;
  std::vector<Scalar> parameters_;
};

// The hinge loss of support vector machines, the mean over the examples of max(0, 1 - t s). scores: s, at least one;
// targets: t, one for each score, -1 or 1.
Scalar HingeLoss(absl::Span<const Scalar> scores, absl::Span<const double> targets);

// The sum of the squares of at least one number: what weight decay adds to a loss.
Scalar SumOfSquares(absl::Span<const Scalar> x);

}  // namespace dl

#endif  // MODULES_BACKPROP_SCALAR_MLP_H_
