// Optimizers: what turns gradients into better parameters, step after step.
//
//   auto optimizer = Adam(Variables(model), {.rate = Constant(1e-3)});
//   optimizer->Step(Gradients(loss, optimizer->parameters()));
#ifndef MODULES_OPTIMIZERS_OPTIMIZER_H_
#define MODULES_OPTIMIZERS_OPTIMIZER_H_

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "modules/backprop/variable.h"
#include "modules/optimizers/adam.h"
#include "modules/optimizers/chain.h"
#include "modules/optimizers/momentum.h"
#include "modules/optimizers/state.h"
#include "modules/optimizers/transformation.h"
#include "modules/primitives/internal/parallel.h"

namespace dl {

// The gradients of one loss at the parameters' present values, in their order; none where no step should be made.
using GradientFunction = std::function<std::optional<std::vector<Tensor>>()>;

class Optimizer : public Stateful {
 public:
  // `parameters` are leaves; the optimizer changes their values in place.
  explicit Optimizer(std::vector<Variable> parameters) : parameters_(std::move(parameters)) {}

  // One step downhill. gradients: one for each parameter, in order and of its shape and type, f32 or f64. A parameter
  // adopts the memory order of its first gradient, so that no later step reorders either.
  void Step(std::vector<Tensor> gradients);

  // The same for whoever can say the gradients anywhere: some optimizers (sam.h) look at more than one place. False
  // where there were none: then nothing has changed.
  virtual bool StepWith(const GradientFunction& gradients);

  // Lays each parameter out as its gradient is: what the first step does, and a run that goes on from where another
  // stopped does before it sets the state. gradients: as in Step; their values do not matter.
  void AdoptLayouts(const std::vector<Tensor>& gradients);

  // The steps made, "step", and what the rule remembers since the first, by the number of the parameter: "3.0".
  void VisitState(const std::string& prefix, StateVisitor& visitor) final;

  const std::vector<Variable>& parameters() const { return parameters_; }

  // Steps made so far: the one owner of time.
  int64_t step() const { return step_; }

 protected:
  std::vector<Variable>& mutable_parameters() { return parameters_; }

 private:
  // The step itself; the gradients lie in memory as their parameters do.
  virtual void Apply(std::vector<Tensor> gradients) = 0;

  // What Apply remembers, once there was a step.
  virtual void VisitMemory(const std::string& prefix, StateVisitor& visitor) = 0;

  std::vector<Variable> parameters_;
  int64_t step_ = 0;
};

// The optimizer that a chain of element-wise links makes.
template <typename Chain>
class ChainOptimizer : public Optimizer {
 public:
  ChainOptimizer(std::vector<Variable> parameters, Chain chain)
      : Optimizer(std::move(parameters)), chain_(std::move(chain)), state_(this->parameters().size()) {}

 private:
  void Apply(std::vector<Tensor> gradients) override {
    const auto update = chain_.At(step());
    for (size_t i = 0; i < gradients.size(); ++i) {
      Tensor& parameter = mutable_parameters()[i].mutable_value();
      if (parameter.dtype() == DType::kF64) {
        Update<double>(update, gradients[i], state_[i], parameter);
      } else {
        Update<float>(update, gradients[i], state_[i], parameter);
      }
      gradients[i] = Tensor();  // its memory serves the next step's
    }
  }

  void VisitMemory(const std::string& prefix, StateVisitor& visitor) override {
    for (size_t i = 0; i < state_.size(); ++i) {
      for (int k = 0; k < Chain::kState; ++k) {
        visitor.Array(absl::StrCat(prefix, i, ".", k), state_[i][k], parameters()[i].value());
      }
    }
  }

  // Element by element in whatever order: padding of a blocked layout has gradient 0, weight 0, and stays 0.
  template <typename T, typename Step>
  void Update(const Step& step_of, const Tensor& gradient, std::array<Tensor, Chain::kState>& memory,
              Tensor& parameter) {
    std::array<T*, Chain::kState> state;
    for (int k = 0; k < Chain::kState; ++k) {
      if (step() == 0) memory[k] = Tensor::ZerosLike(parameter);
      state[k] = static_cast<T*>(memory[k].mutable_raw());
    }
    // A graph that still holds the old values gets to keep them: the new ones are then written elsewhere.
    const bool in_place = !parameter.shares_storage();
    Tensor fresh = in_place ? Tensor() : Tensor::UninitializedLike(parameter);
    T* updated = static_cast<T*>((in_place ? parameter : fresh).mutable_raw());
    const T* g = static_cast<const T*>(gradient.raw());
    const T* p = static_cast<const T*>(parameter.raw());
    ParallelFor(static_cast<int64_t>(parameter.bytes() / sizeof(T)), 1,
                [&](int64_t begin, int64_t end) { FusedUpdate(step_of, begin, end, g, p, updated, state); });
    if (!in_place) parameter = std::move(fresh);
  }

  Chain chain_;
  std::vector<std::array<Tensor, Chain::kState>> state_;  // of each parameter
};

template <typename... Links>
std::unique_ptr<Optimizer> MakeOptimizer(std::vector<Variable> parameters, Links... links) {
  return std::make_unique<ChainOptimizer<Chain<Links...>>>(std::move(parameters), Chain(std::move(links)...));
}

// Several optimizers as one, each for parameters of its own: weights that decay beside biases that do not, a body that
// learns at a tenth of its head's rate. Its parameters are theirs, in order.
class ParameterGroups : public Optimizer {
 public:
  explicit ParameterGroups(std::vector<std::unique_ptr<Optimizer>> groups);

 private:
  void Apply(std::vector<Tensor> gradients) override;
  void VisitMemory(const std::string& prefix, StateVisitor& visitor) override;

  std::vector<std::unique_ptr<Optimizer>> groups_;
};

// Stochastic gradient descent: p ← p - η g; with `momentum` > 0 the heavy ball or Nesterov's; `weight_decay` is L2.
struct SgdOptions {
  Schedule rate = Constant(1e-2);
  double momentum = 0;
  bool nesterov = false;
  double weight_decay = 0;
};
std::unique_ptr<Optimizer> Sgd(std::vector<Variable> parameters, const SgdOptions& options);

// Adam (Kingma & Ba 2015); with `weight_decay` > 0 it is AdamW (Loshchilov & Hutter 2019).
struct AdamOptions {
  Schedule rate = Constant(1e-3);
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
  double weight_decay = 0;
};
std::unique_ptr<Optimizer> Adam(std::vector<Variable> parameters, const AdamOptions& options);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_OPTIMIZER_H_
