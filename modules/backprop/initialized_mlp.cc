#include "modules/backprop/initialized_mlp.h"

#include "modules/backprop/lsuv.h"
#include "modules/backprop/mlp.h"
#include "modules/base/nearest_name.h"

namespace dl {
namespace {

constexpr char kLsuv[] = "lsuv";

}  // namespace

absl::StatusOr<Initialization> ParseInitialization(const std::string& name) {
  if (name == kLsuv) return Initialization{.weights = ZeroInit, .lsuv = true};
  absl::StatusOr<Initializer> weights = ParseInitializer(name);
  if (weights.ok()) return Initialization{.weights = *std::move(weights)};
  std::vector<std::string> valid = InitializerNames();
  const std::string stem = name.substr(0, name.find(':'));
  for (const std::string& known : valid) {
    if (stem == known) return weights.status();  // the factor is at fault
  }
  valid.push_back(kLsuv);
  return UnknownName("initializer", stem, valid);
}

Sequential InitializedMlp(const std::vector<int64_t>& widths, Elementwise activation,
                          const Initialization& initialization, const Tensor& x, Random& random) {
  Sequential mlp = Mlp(widths, activation, random, initialization.weights);
  if (initialization.lsuv) Lsuv(mlp, x, random);
  return mlp;
}

}  // namespace dl
