#include "modules/backprop/scalar_mlp.h"

#include <utility>

#include "modules/backprop/scalar_ops.h"
#include "modules/base/check.h"

namespace dl {
namespace {

// [scalar_layer]
// y = x wᵀ + b, of the numbers x or, behind the first layer, of Scalars. w: [outputs, inputs] and b: [outputs] stand
// one behind the other from `parameter` on, which is moved past them.
template <typename Number>
std::vector<Scalar> Layer(absl::Span<const Number> x, int64_t outputs, const Scalar*& parameter) {
  const Scalar* w = parameter;
  const Scalar* b = w + outputs * static_cast<int64_t>(x.size());
  std::vector<Scalar> y(b, b + outputs);
  for (Scalar& sum : y) {
    for (const Number& input : x) sum += *w++ * input;
  }
  parameter = b + outputs;
  return y;
}
// [/scalar_layer]

}  // namespace

// [scalar_mlp]
ScalarMlp::ScalarMlp(Tape& tape, std::vector<int64_t> widths, Random& random) : widths_(std::move(widths)) {
  DL_CHECK(widths_.size() >= 2) << "ScalarMlp: " << widths_.size() << " widths; inputs and outputs are two";
  for (size_t i = 1; i < widths_.size(); ++i) {
    for (int64_t k = 0; k < widths_[i - 1] * widths_[i]; ++k) parameters_.push_back(tape.Leaf(random.Uniform(-1, 1)));
    for (int64_t k = 0; k < widths_[i]; ++k) parameters_.push_back(tape.Leaf(0));
  }
}

std::vector<Scalar> ScalarMlp::Forward(absl::Span<const double> x) const {
  DL_CHECK(static_cast<int64_t>(x.size()) == widths_[0])
      << "ScalarMlp: x holds " << x.size() << " numbers; the network wants " << widths_[0];
  const Scalar* parameter = parameters_.data();
  std::vector<Scalar> y = Layer<double>(x, widths_[1], parameter);
  for (size_t i = 2; i < widths_.size(); ++i) {
    for (Scalar& u : y) u = Relu(u);
    y = Layer<Scalar>(y, widths_[i], parameter);
  }
  return y;
}
// [/scalar_mlp]

Scalar HingeLoss(absl::Span<const Scalar> scores, absl::Span<const double> targets) {
  DL_CHECK(!scores.empty() && scores.size() == targets.size())
      << "HingeLoss: " << scores.size() << " scores, " << targets.size() << " targets; as many, and at least one";
  Scalar sum = Relu(1 - targets[0] * scores[0]);
  for (size_t i = 1; i < scores.size(); ++i) sum += Relu(1 - targets[i] * scores[i]);
  return sum / static_cast<double>(scores.size());
}

Scalar SumOfSquares(absl::Span<const Scalar> x) {
  DL_CHECK(!x.empty()) << "SumOfSquares: there are no numbers";
  Scalar sum = x[0] * x[0];
  for (const Scalar& number : x.subspan(1)) sum += number * number;
  return sum;
}

}  // namespace dl
