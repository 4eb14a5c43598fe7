// The fully connected layer and the activation layer: what a multilayer perceptron is made of.
#ifndef MODULES_BACKPROP_LINEAR_H_
#define MODULES_BACKPROP_LINEAR_H_

#include <optional>

#include "modules/backprop/initializers.h"
#include "modules/backprop/layer.h"
#include "modules/primitives/elementwise.h"

namespace dl {

// y = x wᵀ + b. x: [N, inputs] (more dimensions after N are flattened), y: [N, outputs]. Parameters: weight
// [outputs, inputs] from `initializer`, bias [outputs] of zeros unless there is to be none. It computes in the type of
// its parameters, f32: bf16 activations are widened first.
class Linear : public Layer {
 public:
  Linear(int64_t inputs, int64_t outputs, Random& random, const Initializer& initializer = KaimingNormal,
         bool bias = true);

  Variable Forward(const Variable& x, const Pass& pass) override;
  std::vector<Parameter> Parameters() const override;

 private:
  Variable weight_;
  std::optional<Variable> bias_;
};

// [N, ...] → [N, the product of the rest].
class FlattenLayer : public Layer {
 public:
  Variable Forward(const Variable& x, const Pass& pass) override;
};

// An element-wise function as a layer.
class Activation : public Layer {
 public:
  explicit Activation(Elementwise f) : f_(f) {}
  Variable Forward(const Variable& x, const Pass& pass) override;

 private:
  Elementwise f_;
};

}  // namespace dl

#endif  // MODULES_BACKPROP_LINEAR_H_
