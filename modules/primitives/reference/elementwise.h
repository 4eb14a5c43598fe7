// The twins of elementwise.h: each function and its derivative at one point.
#ifndef MODULES_PRIMITIVES_REFERENCE_ELEMENTWISE_H_
#define MODULES_PRIMITIVES_REFERENCE_ELEMENTWISE_H_

#include <cmath>
#include <numbers>

#include "modules/primitives/elementwise.h"

namespace dl::reference {

template <typename T>
T Sigmoid(T x) {
  return T(1) / (T(1) + std::exp(-x));
}

// f(x).
template <typename T>
T Apply(Elementwise f, T x) {
  switch (f) {
    case Elementwise::kReLU:
      return x > T(0) ? x : T(0);
    case Elementwise::kLeakyReLU:
      return x > T(0) ? x : T(kLeakySlope) * x;
    case Elementwise::kSigmoid:
      return Sigmoid(x);
    case Elementwise::kTanh:
      return std::tanh(x);
    case Elementwise::kGELU:  // x times the normal distribution function
      return x * T(0.5) * (T(1) + std::erf(x / std::numbers::sqrt2_v<T>));
    case Elementwise::kELU:
      return x > T(0) ? x : std::expm1(x);
    case Elementwise::kSiLU:
      return x * Sigmoid(x);
    case Elementwise::kExp:
      return std::exp(x);
    case Elementwise::kSqrt:
      return std::sqrt(x);
    case Elementwise::kSquare:
      return x * x;
    case Elementwise::kAbs:
      return std::abs(x);
  }
  return x;
}

// f'(x); at a kink the derivative from the left, except Abs, which has 0 there.
template <typename T>
T Derivative(Elementwise f, T x) {
  switch (f) {
    case Elementwise::kReLU:
      return x > T(0) ? T(1) : T(0);
    case Elementwise::kLeakyReLU:
      return x > T(0) ? T(1) : T(kLeakySlope);
    case Elementwise::kSigmoid:
      return Sigmoid(x) * (T(1) - Sigmoid(x));
    case Elementwise::kTanh:
      return T(1) - std::tanh(x) * std::tanh(x);
    case Elementwise::kGELU:  // distribution function + x · density
      return T(0.5) * (T(1) + std::erf(x / std::numbers::sqrt2_v<T>)) +
             x * std::exp(-x * x / T(2)) * std::numbers::inv_sqrtpi_v<T> / std::numbers::sqrt2_v<T>;
    case Elementwise::kELU:
      return x > T(0) ? T(1) : std::exp(x);
    case Elementwise::kSiLU:
      return Sigmoid(x) * (T(1) + x * (T(1) - Sigmoid(x)));
    case Elementwise::kExp:
      return std::exp(x);
    case Elementwise::kSqrt:
      return T(0.5) / std::sqrt(x);
    case Elementwise::kSquare:
      return T(2) * x;
    case Elementwise::kAbs:
      return x > T(0) ? T(1) : x < T(0) ? T(-1) : T(0);
  }
  return T(1);
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_ELEMENTWISE_H_
