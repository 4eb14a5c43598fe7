#include "modules/optimizers/experiments/decay_forms.h"

#include <utility>

#include "modules/base/check.h"

namespace dl {
namespace {

// [decay_forms]
// The links `inner`, which stand between gradient and rate, with either form of decay around them.
template <typename... Inner>
std::unique_ptr<Optimizer> WithDecay(DecayForm form, double decay, std::vector<Variable> parameters, double rate,
                                     Inner... inner) {
  const ScaleByLearningRate descend{Constant(rate)};
  if (form == DecayForm::kL2) {
    return MakeOptimizer(std::move(parameters), AddDecayedWeights{decay}, inner..., descend);
  }
  return MakeOptimizer(std::move(parameters), inner..., descend, AddDecayedWeights{-decay});
}
// [/decay_forms]

}  // namespace

const char* ToString(DecayForm form) { return form == DecayForm::kL2 ? "l2" : "decoupled"; }

std::vector<std::string> DecayingOptimizers() { return {"sgd", "momentum", "adam"}; }

std::unique_ptr<Optimizer> MakeDecaying(const std::string& optimizer, DecayForm form, std::vector<Variable> parameters,
                                        double rate, double decay) {
  if (optimizer == "sgd") return WithDecay(form, decay, std::move(parameters), rate);
  if (optimizer == "momentum") return WithDecay(form, decay, std::move(parameters), rate, Momentum{});
  DL_CHECK(optimizer == "adam") << "MakeDecaying: no optimizer '" << optimizer << "'";
  return WithDecay(form, decay, std::move(parameters), rate, ScaleByAdam{});
}

}  // namespace dl
