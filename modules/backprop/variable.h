// Variable: a value that remembers how it was computed.
//
// A Variable is a node of the computational graph: a tensor, and one edge for each input it was computed from. An edge
// carries the vector-Jacobian product of the operation with respect to that input. An operation and its gradient are
// therefore one expression:
//
//   Variable Multiply(const Variable& a, const Variable& b) {
//     return Record("multiply", Multiply(a.value(), b.value()), {
//         {a, [b = b.value()](const Tensor& y, const Tensor& dy) { return Multiply(dy, b); }},
//         {b, [a = a.value()](const Tensor& y, const Tensor& dy) { return Multiply(dy, a); }}});
//   }
#ifndef MODULES_BACKPROP_VARIABLE_H_
#define MODULES_BACKPROP_VARIABLE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "modules/primitives/tensor.h"

namespace dl {

struct Edge;
namespace internal {
struct Node;
}

class Variable {
 public:
  // A leaf: an input, a target or a parameter. Not explicit, so that a tensor may stand where an operation wants one.
  Variable(Tensor value);  // NOLINT(google-explicit-constructor)

  const Tensor& value() const;
  const Shape& shape() const { return value().shape(); }

  // The value of a leaf, to be changed between steps; graphs recorded before keep the value that they saw.
  Tensor& mutable_value();

  // The operation that it is the result of, "affine"; "" for a leaf.
  const char* op() const;

  // What it was computed from; empty for a leaf.
  const std::vector<Edge>& inputs() const;

  // The order of creation: an operation comes after all its inputs.
  uint64_t id() const;

 private:
  friend Variable Record(const char* op, Tensor value, std::vector<Edge> inputs);
  explicit Variable(std::shared_ptr<internal::Node> node) : node_(std::move(node)) {}

  std::shared_ptr<internal::Node> node_;
};

// [edge]
// (y, dy) → dx: the product of dy, the gradient of the loss with respect to the output y, and the Jacobian dy/dx. It has
// the shape of that input. It must not depend on anything that changes later.
using Vjp = std::function<Tensor(const Tensor& y, const Tensor& dy)>;

struct Edge {
  Variable input;
  Vjp vjp;
};

// The result of the operation `op`, a name that outlives it: "affine".
Variable Record(const char* op, Tensor value, std::vector<Edge> inputs);
// [/edge]

// The gradients of one operation with respect to all its inputs, from one call.
using JointVjp = std::function<std::vector<Tensor>(const Tensor& y, const Tensor& dy)>;

// Edges of an operation whose gradients come out of one computation together: that runs once for each dy, when the
// first of the edges asks for its part.
std::vector<Edge> JointEdges(std::vector<Variable> inputs, JointVjp vjp);

}  // namespace dl

#endif  // MODULES_BACKPROP_VARIABLE_H_
