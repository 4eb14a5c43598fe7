// Layers: functions with parameters.
#ifndef MODULES_BACKPROP_LAYER_H_
#define MODULES_BACKPROP_LAYER_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "modules/backprop/variable.h"
#include "modules/base/random.h"

namespace dl {

// What one forward pass is for. Layers that behave alike in training and in evaluation do not look.
struct Pass {
  bool training = false;
  Random* random = nullptr;  // for dropout; needed in training only
};

struct Parameter {
  std::string name;  // "0.weight": the layer's place, then the tensor's name
  Variable variable;
};

class Layer {
 public:
  virtual ~Layer() = default;

  virtual Variable Forward(const Variable& x, const Pass& pass) = 0;

  // The leaves that training changes. They are shared with the layer, not copied.
  virtual std::vector<Parameter> Parameters() const { return {}; }
};

// The variables of `layer`'s parameters, in their order: what an optimizer and Gradients want.
std::vector<Variable> Variables(const Layer& layer);

// The parameters called "weight", and all others: regularisation shrinks weights and leaves biases alone.
std::vector<Variable> Weights(const Layer& layer);
std::vector<Variable> Biases(const Layer& layer);

// How many numbers the parameters hold.
int64_t ParameterCount(const Layer& layer);

// Layers in a row: the output of each is the input of the next.
class Sequential : public Layer {
 public:
  // Sequential(Linear(...), Activation(...), ...)
  template <typename... Layers>
  explicit Sequential(Layers... layers) {
    (layers_.push_back(std::make_unique<Layers>(std::move(layers))), ...);
  }

  Sequential& Append(std::unique_ptr<Layer> layer);

  Variable Forward(const Variable& x, const Pass& pass) override;

  // The output of each layer, first to last: what Forward passes through.
  std::vector<Variable> Outputs(const Variable& x, const Pass& pass);

  const std::vector<std::unique_ptr<Layer>>& layers() const { return layers_; }

  // Named by the layer's place: "0.weight", "0.bias", "2.weight", ...
  std::vector<Parameter> Parameters() const override;

 private:
  std::vector<std::unique_ptr<Layer>> layers_;
};

}  // namespace dl

#endif  // MODULES_BACKPROP_LAYER_H_
