// The twins of binary.h.
#ifndef MODULES_PRIMITIVES_REFERENCE_BINARY_H_
#define MODULES_PRIMITIVES_REFERENCE_BINARY_H_

#include <algorithm>

#include "modules/primitives/binary.h"
#include "modules/primitives/reference/array.h"
#include "modules/primitives/reference/broadcast.h"

namespace dl::reference {

// op(a, b).
template <typename T>
T Apply(Binary op, T a, T b) {
  switch (op) {
    case Binary::kAdd:
      return a + b;
    case Binary::kSubtract:
      return a - b;
    case Binary::kMultiply:
      return a * b;
    case Binary::kDivide:
      return a / b;
    case Binary::kMaximum:
      return std::max(a, b);
    case Binary::kMinimum:
      return std::min(a, b);
    case Binary::kGreaterEqual:
      return a >= b ? T(1) : T(0);
  }
  return a;
}

// The two partial derivatives of op at (a, b); where a maximum or minimum has equal operands, they are 1 and 0.
template <typename T>
struct Partials {
  T a, b;
};

template <typename T>
Partials<T> Derivatives(Binary op, T a, T b) {
  switch (op) {
    case Binary::kAdd:
      return {T(1), T(1)};
    case Binary::kSubtract:
      return {T(1), T(-1)};
    case Binary::kMultiply:
      return {b, a};
    case Binary::kDivide:
      return {T(1) / b, -a / (b * b)};
    case Binary::kMaximum:
      return a >= b ? Partials<T>{T(1), T(0)} : Partials<T>{T(0), T(1)};
    case Binary::kMinimum:
      return a <= b ? Partials<T>{T(1), T(0)} : Partials<T>{T(0), T(1)};
    case Binary::kGreaterEqual:
      break;
  }
  return {T(0), T(0)};
}

// y = op(a, b) with broadcasting.
template <typename T>
Array<T> Apply(Binary op, const Array<T>& a, const Array<T>& b) {
  Array<T> y(BroadcastShape("twin", a.shape, b.shape));
  for (size_t i = 0; i < y.values.size(); ++i) {
    y.values[i] = Apply(op, a.values[SourceOffset(a.shape, y.shape, i)], b.values[SourceOffset(b.shape, y.shape, i)]);
  }
  return y;
}

// da and db: each element gathers the gradients of all results that it went into.
template <typename T>
Partials<Array<T>> ApplyBackward(Binary op, const Array<T>& a, const Array<T>& b, const Array<T>& dy) {
  Partials<Array<T>> gradient = {Array<T>(a.shape), Array<T>(b.shape)};
  for (size_t i = 0; i < dy.values.size(); ++i) {
    const int64_t from_a = SourceOffset(a.shape, dy.shape, i), from_b = SourceOffset(b.shape, dy.shape, i);
    const Partials<T> slope = Derivatives(op, a.values[from_a], b.values[from_b]);
    gradient.a.values[from_a] += slope.a * dy.values[i];
    gradient.b.values[from_b] += slope.b * dy.values[i];
  }
  return gradient;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_BINARY_H_
