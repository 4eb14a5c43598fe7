#include "modules/backprop/lsuv.h"

#include <cmath>
#include <optional>

#include "modules/backprop/initializers.h"
#include "modules/base/check.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/moments.h"

namespace dl {
namespace {

std::optional<Variable> WeightOf(const Layer& layer) {
  std::optional<Variable> weight;
  for (const Parameter& parameter : layer.Parameters()) {
    if (parameter.variable.value().rank() < 2) continue;
    DL_CHECK(!weight.has_value()) << "Lsuv: one layer has two weights, the second is '" << parameter.name
                                  << "'; its layers must stand in the model one by one";
    weight = parameter.variable;
  }
  return weight;
}

// [lsuv]
bool ScaleToUnitVariance(Layer& layer, Variable weight, const Variable& x, const LsuvOptions& options) {
  for (int tries = 0;; ++tries) {
    const double variance = MomentsOf(layer.Forward(x, {}).value()).variance;
    if (std::abs(variance - 1) < options.tolerance) return true;
    if (tries == options.most_tries || !(variance > 0) || !std::isfinite(variance)) return false;
    weight.mutable_value() = Scale(weight.value(), static_cast<float>(1 / std::sqrt(variance)));
  }
}
// [/lsuv]

}  // namespace

bool Lsuv(Sequential& model, const Tensor& x, Random& random, const LsuvOptions& options) {
  bool all = true;
  Variable h = x;
  for (const auto& layer : model.layers()) {
    if (std::optional<Variable> weight = WeightOf(*layer)) {
      weight->mutable_value() = OrthogonalInit()(weight->shape(), random);
      all &= ScaleToUnitVariance(*layer, *weight, h, options);
    }
    h = layer->Forward(h, {});
  }
  return all;
}

}  // namespace dl
