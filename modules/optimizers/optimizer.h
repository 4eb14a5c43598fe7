// Optimizers: what turns gradients into better parameters, step after step.
//
//   auto optimizer = Adam(Variables(model), {.rate = Constant(1e-3)});
//   optimizer->Step(Gradients(loss, optimizer->parameters()));
#ifndef MODULES_OPTIMIZERS_OPTIMIZER_H_
#define MODULES_OPTIMIZERS_OPTIMIZER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "modules/backprop/variable.h"
#include "modules/base/check.h"
#include "modules/optimizers/chain.h"
#include "modules/optimizers/transformation.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/primitives/reorder.h"

namespace dl {

class Optimizer {
 public:
  // `parameters` are leaves; the optimizer changes their values in place.
  explicit Optimizer(std::vector<Variable> parameters) : parameters_(std::move(parameters)) {}
  virtual ~Optimizer() = default;

  // One step downhill. gradients: one for each parameter, in order and of its shape, all f32. A parameter adopts the
  // memory order of its first gradient, so that no later step reorders either.
  void Step(std::vector<Tensor> gradients);

  const std::vector<Variable>& parameters() const { return parameters_; }

  // Steps made so far: the one owner of time.
  int64_t step() const { return step_; }

 private:
  friend class ParameterGroups;
  virtual void Update(size_t index, int64_t step, const Tensor& gradient, Tensor& parameter) = 0;

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
  void Update(size_t index, int64_t step, const Tensor& gradient, Tensor& parameter) override {
    std::array<float*, Chain::kState> state;
    for (int k = 0; k < Chain::kState; ++k) {
      if (step == 0) state_[index][k] = Tensor::ZerosLike(parameter);
      state[k] = static_cast<float*>(state_[index][k].mutable_raw());
    }
    // Element by element in whatever order: padding of a blocked layout has gradient 0, weight 0, and stays 0.
    // A graph that still holds the old values gets to keep them: the new ones are then written elsewhere.
    const bool in_place = !parameter.shares_storage();
    Tensor fresh = in_place ? Tensor() : Tensor::UninitializedLike(parameter);
    float* updated = static_cast<float*>((in_place ? parameter : fresh).mutable_raw());
    const float* g = static_cast<const float*>(gradient.raw());
    const float* p = static_cast<const float*>(parameter.raw());
    const auto update = chain_.At(step);
    ParallelFor(static_cast<int64_t>(parameter.bytes() / sizeof(float)), 1, [&](int64_t begin, int64_t end) {
      FusedUpdate(update, begin, end, g, p, updated, state);
    });
    if (!in_place) parameter = std::move(fresh);
  }

  Chain chain_;
  std::vector<std::array<Tensor, Chain::kState>> state_;  // of each parameter
};

// Several optimizers as one, each for parameters of its own: weights that decay beside biases that do not. Its
// parameters are theirs, in order; it counts the steps for all of them.
class ParameterGroups : public Optimizer {
 public:
  explicit ParameterGroups(std::vector<std::unique_ptr<Optimizer>> groups);

 private:
  void Update(size_t index, int64_t step, const Tensor& gradient, Tensor& parameter) override;

  std::vector<std::unique_ptr<Optimizer>> groups_;
};

template <typename... Links>
std::unique_ptr<Optimizer> MakeOptimizer(std::vector<Variable> parameters, Links... links) {
  return std::make_unique<ChainOptimizer<Chain<Links...>>>(std::move(parameters), Chain(std::move(links)...));
}

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
