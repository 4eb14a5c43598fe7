#include "modules/backprop/scalar_ops.h"

#include <cmath>

namespace dl {

// [functions]
Scalar Pow(Scalar x, double exponent) {
  const double slope = exponent == 0 ? 0 : exponent * std::pow(x.value(), exponent - 1);
  return Record("pow", std::pow(x.value(), exponent), {x, slope});
}

Scalar Exp(Scalar x) {
  const double y = std::exp(x.value());
  return Record("exp", y, {x, y});
}

Scalar Log(Scalar x) { return Record("log", std::log(x.value()), {x, 1 / x.value()}); }

Scalar Cos(Scalar x) { return Record("cos", std::cos(x.value()), {x, -std::sin(x.value())}); }

Scalar Tanh(Scalar x) {
  const double y = std::tanh(x.value());
  return Record("tanh", y, {x, 1 - y * y});
}

Scalar Sigmoid(Scalar x) {
  const double y = 1 / (1 + std::exp(-x.value()));
  return Record("sigmoid", y, {x, y * (1 - y)});
}
// [/functions]

}  // namespace dl
