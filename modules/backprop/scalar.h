// Scalar: a number that remembers how it was computed. Automatic differentiation in a page and a half.
//
// Every operation on Scalars appends one node to a tape: the result and, for each of the one or two numbers it was
// computed from, which node that is and the derivative with respect to it. Inputs stand before what is computed from
// them, so the chain rule is one walk from the loss back to the front of the tape.
//
//   Tape tape;
//   const Scalar a = tape.Leaf(-4), b = tape.Leaf(2);
//   const ScalarGradients gradients = tape.Gradients(Relu(3 - a * b) / 2);
//   gradients[a];  // -1
//
// variable.h is the same design with tensors in place of numbers.
#ifndef MODULES_BACKPROP_SCALAR_H_
#define MODULES_BACKPROP_SCALAR_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "modules/base/check.h"

namespace dl {

class Tape;

// A node of a tape: a small value, valid as long as its node is on the tape.
class Scalar {
 public:
  double value() const;
  Tape* tape() const { return tape_; }
  uint32_t index() const { return index_; }  // on the tape

 private:
  friend class Tape;
  Scalar(Tape* tape, uint32_t index) : tape_(tape), index_(index) {}

  Tape* tape_;
  uint32_t index_;
};

// An input of an operation, and the operation's derivative with respect to it.
struct Local {
  Scalar input;
  double derivative;
};

// The derivative of a loss with respect to every node of its tape; 0 for a node that it does not depend on.
class ScalarGradients {
 public:
  explicit ScalarGradients(std::vector<double> values) : values_(std::move(values)) {}
  double operator[](size_t index) const { return index < values_.size() ? values_[index] : 0; }  // younger: 0
  double operator[](Scalar x) const { return (*this)[x.index()]; }

 private:
  std::vector<double> values_;
};

// [tape]
// One vector of nodes, at most 2^32 - 1 of them.
class Tape {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;  // no input

  struct Edge {
    uint32_t input;     // the index of a node
    double derivative;  // of this node with respect to that one
  };
  struct Node {
    double value;
    Edge a, b;       // a leaf has neither, an operation on one number no b
    const char* op;  // "multiply"; "" for a leaf
  };

  Tape() = default;
  Tape(const Tape&) = delete;  // its Scalars point to it
  Tape& operator=(const Tape&) = delete;

  // An input or a parameter. Constants need none: 2 * x is one node, with one edge.
  Scalar Leaf(double value) { return Append({value, {kNone, 0}, {kNone, 0}, ""}); }

  // d loss / d node for every node. Pure: a second call returns the same.
  ScalarGradients Gradients(Scalar loss) const;

  // The value of a leaf, to be changed between steps; what was computed from it before keeps the value that it saw.
  void set_value(Scalar leaf, double value);

  // Forgets all nodes but the first `size`, and keeps the memory for the next: a training step takes the size once its
  // parameters are on the tape, and rewinds to it before each step.
  void Rewind(size_t size);

  size_t size() const { return nodes_.size(); }
  const std::vector<Node>& nodes() const { return nodes_; }

 private:
  friend Scalar Record(const char* op, double value, Local a);
  friend Scalar Record(const char* op, double value, Local a, Local b);

  Scalar Append(const Node& node) {
    nodes_.push_back(node);
    return Scalar(this, static_cast<uint32_t>(nodes_.size() - 1));
  }

  std::vector<Node> nodes_;
};
// [/tape]

inline double Scalar::value() const { return tape_->nodes()[index_].value; }

// [record]
// The result of the operation `op`, a name that outlives the tape: what scalar_ops.h is made of.
inline Scalar Record(const char* op, double value, Local a) {
  return a.input.tape()->Append({value, {a.input.index(), a.derivative}, {Tape::kNone, 0}, op});
}
inline Scalar Record(const char* op, double value, Local a, Local b) {
  DL_CHECK(a.input.tape() == b.input.tape()) << op << ": the two numbers are on different tapes";
  return a.input.tape()->Append({value, {a.input.index(), a.derivative}, {b.input.index(), b.derivative}, op});
}
// [/record]

}  // namespace dl

#endif  // MODULES_BACKPROP_SCALAR_H_
