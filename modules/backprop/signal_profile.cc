#include "modules/backprop/signal_profile.h"

#include <cmath>

#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/primitives/moments.h"

namespace dl {

// [signal_profile]
std::vector<LayerSignal> SignalProfile(Sequential& mlp, const Tensor& x, absl::Span<const int32_t> labels) {
  const std::vector<Variable> outputs = mlp.Outputs(x, {});  // affine, activation, ..., affine
  const std::vector<Variable> parameters = Variables(mlp);   // weight, bias, weight, bias, ...
  const size_t hidden = outputs.size() / 2;
  std::vector<Variable> wrt;
  for (size_t l = 0; l < hidden; ++l) wrt.insert(wrt.end(), {outputs[2 * l + 1], parameters[2 * l]});
  const std::vector<Tensor> gradients = Gradients(CrossEntropy(outputs.back(), labels), wrt);
  std::vector<LayerSignal> profile;
  for (size_t l = 0; l < hidden; ++l) {
    profile.push_back({.activation_deviation = std::sqrt(MomentsOf(outputs[2 * l + 1].value()).variance),
                       .gradient = RootMeanSquare(gradients[2 * l]),
                       .weight_gradient = RootMeanSquare(gradients[2 * l + 1])});
  }
  return profile;
}
// [/signal_profile]

}  // namespace dl
