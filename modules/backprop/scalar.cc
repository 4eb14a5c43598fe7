#include "modules/backprop/scalar.h"

namespace dl {

// [scalar_gradients]
ScalarGradients Tape::Gradients(Scalar loss) const {
  DL_CHECK(loss.tape() == this && loss.index() < size()) << "Gradients: the loss is not on this tape";
  std::vector<double> gradients(loss.index() + size_t{1}, 0.0);
  gradients[loss.index()] = 1;  // d loss / d loss
  for (size_t i = gradients.size(); i-- > 0;) {
    const Node& y = nodes_[i];
    const double dy = gradients[i];
    if (dy == 0) continue;  // no path to the loss, or none that counts
    if (y.a.input != kNone) gradients[y.a.input] += dy * y.a.derivative;
    if (y.b.input != kNone) gradients[y.b.input] += dy * y.b.derivative;
  }
  return ScalarGradients(std::move(gradients));
}
// [/scalar_gradients]

void Tape::set_value(Scalar leaf, double value) {
  DL_CHECK(leaf.tape() == this && leaf.index() < size()) << "Tape::set_value: the number is not on this tape";
  Node& node = nodes_[leaf.index()];
  DL_CHECK(node.a.input == kNone) << "Tape::set_value: the number is the result of " << node.op
                                  << "; only a leaf is set";
  node.value = value;
}

void Tape::Rewind(size_t size) {
  DL_CHECK(size <= nodes_.size()) << "Tape::Rewind: to " << size << " nodes; there are " << nodes_.size();
  nodes_.erase(nodes_.begin() + static_cast<std::ptrdiff_t>(size), nodes_.end());
}

}  // namespace dl
