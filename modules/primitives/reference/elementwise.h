// The twins of elementwise.h: each function and its derivative, at one point and for each element.
#ifndef MODULES_PRIMITIVES_REFERENCE_ELEMENTWISE_H_
#define MODULES_PRIMITIVES_REFERENCE_ELEMENTWISE_H_

#include <cmath>
#include <numbers>

#include "modules/base/check.h"
#include "modules/primitives/elementwise.h"
#include "modules/primitives/reference/array.h"

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
      return x < T(0) ? T(0) : x;  // a NaN stays NaN
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

// f'(x) from y = f(x), for the functions of DerivativeReadsOutput.
template <typename T>
T DerivativeFromOutput(Elementwise f, T y) {
  switch (f) {
    case Elementwise::kReLU:
      return y > T(0) ? T(1) : T(0);
    case Elementwise::kLeakyReLU:
      return y > T(0) ? T(1) : T(kLeakySlope);
    case Elementwise::kSigmoid:
      return y * (T(1) - y);
    case Elementwise::kTanh:
      return T(1) - y * y;
    case Elementwise::kELU:
      return y > T(0) ? T(1) : y + T(1);
    case Elementwise::kExp:
      return y;
    case Elementwise::kSqrt:
      return T(0.5) / y;
    case Elementwise::kGELU:
    case Elementwise::kSiLU:
    case Elementwise::kSquare:
    case Elementwise::kAbs:
      break;
  }
  DL_CHECK(false) << "DerivativeFromOutput: function " << static_cast<int>(f) << " needs x";
  return T(0);
}

// y = f(x).
template <typename T>
Array<T> Apply(Elementwise f, const Array<T>& x) {
  Array<T> y(x.shape);
  for (size_t i = 0; i < y.values.size(); ++i) y.values[i] = Apply(f, x.values[i]);
  return y;
}

// dx = f'(x) dy; `slope` is Derivative and reads x, or DerivativeFromOutput and reads y.
template <typename T>
Array<T> ApplyBackward(Elementwise f, T (*slope)(Elementwise, T), const Array<T>& x_or_y, const Array<T>& dy) {
  Array<T> dx(dy.shape);
  for (size_t i = 0; i < dx.values.size(); ++i) dx.values[i] = slope(f, x_or_y.values[i]) * dy.values[i];
  return dx;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_ELEMENTWISE_H_
