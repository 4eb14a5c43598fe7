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

class Layer;
struct Pass;

// A layer within another: "conv1", or its place in a row, "0".
struct NamedLayer {
  // The layer's Forward, of which the pass's observer is told.
  Variable Forward(const Variable& x, const Pass& pass) const;

  std::string name;
  Layer* layer;
};

// Hears, during a forward pass, what each layer within the model made of its input.
class LayerObserver {
 public:
  virtual ~LayerObserver() = default;

  // `name` is the layer's path from the model, "layer1.0.conv1". A layer is heard of after those that it is made of.
  virtual void AfterForward(const std::string& name, const Layer& layer, const Variable& x, const Variable& y) = 0;
};

// What one forward pass is for. Layers that behave alike in training and in evaluation do not look.
struct Pass {
  bool training = false;
  Random* random = nullptr;           // for dropout; needed in training only
  LayerObserver* observer = nullptr;  // told of every layer, where there is one
  std::string path = {};              // of the layer at hand, "layer1.0.", kept for the observer
};

struct Parameter {
  std::string name;  // "0.weight": the layer's place, then the tensor's name
  Variable variable;
};

class Layer {
 public:
  virtual ~Layer() = default;

  virtual Variable Forward(const Variable& x, const Pass& pass) = 0;

  // The layers that it is made of; none unless it is a composition.
  virtual std::vector<NamedLayer> Children() const { return {}; }

  // The leaves that training changes; a composition's are its children's. They are shared with the layer, not copied.
  virtual std::vector<Parameter> Parameters() const;

  // What training gathers rather than learns, running averages: saved and loaded with the parameters, never stepped.
  virtual std::vector<Parameter> Buffers() const;
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
    (Add(std::move(layers)), ...);
  }

  // One more layer at the end. A name stands for its place in the names of parameters: "conv1.weight".
  Sequential& Append(std::unique_ptr<Layer> layer, std::string name = "");
  template <typename L>
  Sequential& Add(L layer, std::string name = "") {
    return Append(std::make_unique<L>(std::move(layer)), std::move(name));
  }

  Variable Forward(const Variable& x, const Pass& pass) override;

  // The output of each layer, first to last: what Forward passes through.
  std::vector<Variable> Outputs(const Variable& x, const Pass& pass);

  const std::vector<std::unique_ptr<Layer>>& layers() const { return layers_; }

  // Named by place, "0", "1", ..., but for those that were given a name.
  std::vector<NamedLayer> Children() const override;

 private:
  std::vector<std::unique_ptr<Layer>> layers_;
  std::vector<std::string> names_;
};

}  // namespace dl

#endif  // MODULES_BACKPROP_LAYER_H_
