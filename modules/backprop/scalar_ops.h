// The operations on Scalars: each is a value, and a derivative for each input.
//
// A plain number may stand where a Scalar may; it becomes no node. Values, domains and infinities are those of <cmath>.
#ifndef MODULES_BACKPROP_SCALAR_OPS_H_
#define MODULES_BACKPROP_SCALAR_OPS_H_

#include <algorithm>

#include "modules/backprop/scalar.h"

namespace dl {

// [operations]
inline Scalar operator+(Scalar a, Scalar b) { return Record("add", a.value() + b.value(), {a, 1}, {b, 1}); }
inline Scalar operator-(Scalar a, Scalar b) { return Record("subtract", a.value() - b.value(), {a, 1}, {b, -1}); }
inline Scalar operator*(Scalar a, Scalar b) {
  return Record("multiply", a.value() * b.value(), {a, b.value()}, {b, a.value()});
}
inline Scalar operator/(Scalar a, Scalar b) {
  const double y = a.value() / b.value();
  return Record("divide", y, {a, 1 / b.value()}, {b, -y / b.value()});
}
inline Scalar Relu(Scalar x) { return Record("relu", std::max(x.value(), 0.0), {x, x.value() > 0 ? 1.0 : 0.0}); }
// [/operations]

inline Scalar operator+(Scalar a, double b) { return Record("add", a.value() + b, {a, 1}); }
inline Scalar operator+(double a, Scalar b) { return b + a; }
inline Scalar operator-(Scalar a) { return Record("negate", -a.value(), {a, -1}); }
inline Scalar operator-(Scalar a, double b) { return Record("subtract", a.value() - b, {a, 1}); }
inline Scalar operator-(double a, Scalar b) { return Record("subtract", a - b.value(), {b, -1}); }
inline Scalar operator*(Scalar a, double b) { return Record("multiply", a.value() * b, {a, b}); }
inline Scalar operator*(double a, Scalar b) { return b * a; }
inline Scalar operator/(Scalar a, double b) { return Record("divide", a.value() / b, {a, 1 / b}); }
inline Scalar operator/(double a, Scalar b) {
  return Record("divide", a / b.value(), {b, -a / (b.value() * b.value())});
}
inline Scalar& operator+=(Scalar& a, Scalar b) { return a = a + b; }
inline Scalar& operator+=(Scalar& a, double b) { return a = a + b; }

Scalar Pow(Scalar x, double exponent);
Scalar Exp(Scalar x);
Scalar Log(Scalar x);
Scalar Cos(Scalar x);
Scalar Tanh(Scalar x);
Scalar Sigmoid(Scalar x);  // 1 / (1 + e^-x)

}  // namespace dl

#endif  // MODULES_BACKPROP_SCALAR_OPS_H_
