#include "modules/backprop/gradient_check.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "absl/strings/str_format.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/base/random.h"
#include "modules/primitives/reference/array.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using Doubles = std::vector<double>;

Doubles Elements(const Tensor& tensor) { return reference::FromTensor<double>(tensor).values; }

double Dot(const Doubles& a, const Doubles& b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

double Norm(const Doubles& a) { return std::sqrt(Dot(a, a)); }

double Largest(const Doubles& a) {
  double largest = 0;
  for (double value : a) largest = std::max(largest, std::abs(value));
  return largest;
}

// What was measured on the line from x - h to x + h.
struct Line {
  double analytic;   // the slope that the gradient promises
  double numerical;  // the central difference
  double doubt;      // how far a kink can have led the central difference astray
};

// One variable and what is needed to move it.
class Mover {
 public:
  Mover(const std::function<Variable()>& f, Variable x, const Tensor& gradient, Doubles y, Doubles dy)
      : f_(f),
        variable_(std::move(x)),
        home_(variable_.value()),
        x_(Elements(home_)),
        gradient_(Elements(gradient)),
        y_(std::move(y)),
        dy_(std::move(dy)) {}
  Mover(const Mover&) = delete;
  Mover& operator=(const Mover&) = delete;
  ~Mover() { variable_.mutable_value() = home_; }

  int64_t size() const { return home_.size(); }

  // [gradient_check]
  // The line through x in the given direction, a vector of unit length.
  //
  // With s the slope to the left and a kink of size J at u·h to the right, the central difference is s + J(1 - u)/2 at
  // h and s + J(1 - 2u)/2 at h/2, or s where u > 1/2; its two halves differ by J(1 - u) and J(1 - 2u). A smooth function
  // has central differences that differ by h²/8 |f'''| and halves that differ by h f'' and h/2 f''. So `bend` and `jump`
  // vanish with h² and h³ where f is smooth; where it is not, thrice the larger is at least J(1 - u)/2 for any u.
  Line Measure(const Doubles& direction, double h) {
    const auto [above, below] = Pair(direction, h);
    const auto [near_above, near_below] = Pair(direction, h / 2);
    Doubles step(x_.size());  // as it came out: x ± h was rounded to the variable's type
    for (size_t i = 0; i < step.size(); ++i) step[i] = (above.x[i] - below.x[i]) / 2;
    double slope = 0, near_slope = 0, halves = 0, near_halves = 0;  // times h
    for (size_t j = 0; j < dy_.size(); ++j) {
      slope += dy_[j] * (above.y[j] - below.y[j]) / 2;
      near_slope += dy_[j] * (near_above.y[j] - near_below.y[j]);
      halves += dy_[j] * (above.y[j] - 2 * y_[j] + below.y[j]);
      near_halves += dy_[j] * 2 * (near_above.y[j] - 2 * y_[j] + near_below.y[j]);
    }
    const double bend = std::abs(slope - near_slope), jump = std::abs(2 * near_halves - halves) / 2;
    return {Dot(gradient_, step) / h, slope / h, 3 * std::max(bend, jump) / h};
  }
  // [/gradient_check]

  // What rounding can add to the doubt of a line of that slope: y and x are right to ε, and enter it with weights that
  // come to 24.
  double RoundingDoubt(double slope, double h) const {
    double sum = 0;
    for (double value : dy_) sum += std::abs(value);
    return 24 * Epsilon(home_.dtype()) * (Largest(y_) * sum + Largest(x_) * std::abs(slope)) / h;
  }

 private:
  struct Point {
    Doubles x, y;
  };

  // f at x + t · direction, and where in the variable's type that is.
  Point Evaluate(const Doubles& direction, double t) {
    Doubles moved = x_;
    for (size_t i = 0; i < moved.size(); ++i) moved[i] += t * direction[i];
    const reference::Array<double> array(home_.shape(), std::move(moved));
    variable_.mutable_value() = Cast(reference::ToTensor(array), home_.dtype());
    return {Elements(variable_.value()), Elements(f_().value())};
  }

  std::pair<Point, Point> Pair(const Doubles& direction, double h) {
    return {Evaluate(direction, h), Evaluate(direction, -h)};
  }

  const std::function<Variable()>& f_;
  Variable variable_;
  const Tensor home_;
  const Doubles x_, gradient_, y_, dy_;
};

// The lines whose doubt is beyond what a smooth function and rounding come to are kinks: the doubt of a smooth function
// is of the order h², that of a kink of the order 1; h, relative to the slopes, is midway between the two.
std::vector<bool> Kinks(const Mover& mover, const std::vector<Line>& lines, double h) {
  Doubles slopes;
  for (const Line& line : lines) slopes.push_back(line.numerical);
  const double smooth = h * Norm(slopes);
  std::vector<bool> kinks;
  for (const Line& line : lines) kinks.push_back(line.doubt > smooth + mover.RoundingDoubt(line.numerical, h));
  return kinks;
}

Agreement Compare(const std::vector<Line>& lines, const std::vector<bool>& kinks) {
  Agreement agreement;
  Doubles analytic, numerical, difference;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (kinks[i]) continue;
    analytic.push_back(lines[i].analytic);
    numerical.push_back(lines[i].numerical);
    difference.push_back(lines[i].analytic - lines[i].numerical);
  }
  agreement.compared = static_cast<int64_t>(analytic.size());
  agreement.kinks = static_cast<int64_t>(lines.size()) - agreement.compared;
  const double norm = std::max(Norm(analytic), Norm(numerical));
  agreement.error = norm == 0 ? 0 : Norm(difference) / norm;
  return agreement;
}

// All of 0, ..., size - 1, or `sample` of them, ascending.
std::vector<int64_t> Sample(int64_t size, int64_t sample, Random random) {
  std::vector<int64_t> elements = random.Permutation(size);
  if (sample > 0 && sample < size) elements.resize(sample);
  std::sort(elements.begin(), elements.end());
  return elements;
}

void CheckElements(Mover& mover, const GradientCheckOptions& options, Random random, VariableCheck& check) {
  const std::vector<int64_t> elements = Sample(mover.size(), options.sample, random);
  std::vector<Line> lines;
  Doubles direction(mover.size());
  for (int64_t i : elements) {
    direction[i] = 1;
    lines.push_back(mover.Measure(direction, options.h));
    direction[i] = 0;
  }
  const std::vector<bool> kinks = Kinks(mover, lines, options.h);
  check.elements = Compare(lines, kinks);
  double worst = -1;
  for (size_t i = 0; i < lines.size(); ++i) {
    const double error = std::abs(lines[i].analytic - lines[i].numerical);
    if (kinks[i] || error <= worst) continue;
    worst = error;
    check.worst_element = elements[i];
    check.analytic = lines[i].analytic;
    check.numerical = lines[i].numerical;
  }
}

// Of up to a hundred elements each moves by about h, as in CheckElements: rounding then weighs no more than there. More
// elements share a step of 10 h, which truncation and kinks forbid to grow on.
void CheckDirections(Mover& mover, const GradientCheckOptions& options, Random random, VariableCheck& check) {
  if (mover.size() == 0) return;
  const double h = options.h * std::min(std::sqrt(static_cast<double>(mover.size())), 10.0);
  std::vector<Line> lines;
  for (int i = 0; i < options.directions; ++i) {
    Doubles direction(mover.size());
    for (double& component : direction) component = random.Normal();
    const double norm = Norm(direction);
    for (double& component : direction) component /= norm;
    lines.push_back(mover.Measure(direction, h));
  }
  check.directions = Compare(lines, Kinks(mover, lines, h));
}

// Normal, and a function of the seed and the shape alone: drawn in f32, so that it is the same in every type.
Tensor RandomUpstream(const Tensor& y, Random random) {
  Tensor dy(y.shape());
  std::generate_n(dy.mutable_data(), dy.size(), [&] { return random.Normal(); });
  return Cast(dy, y.dtype());
}

}  // namespace

double Epsilon(DType dtype) {
  DL_CHECK(dtype != DType::kBF16) << "Epsilon: bf16 has too few digits for differences";
  return dtype == DType::kF64 ? std::numeric_limits<double>::epsilon() : std::numeric_limits<float>::epsilon();
}

double BestStep(DType dtype) { return std::cbrt(3 * Epsilon(dtype)); }

double GradientCheck::Error() const {
  double error = 0;
  for (const VariableCheck& check : variables) {
    for (double one : {check.elements.error, check.directions.error}) {
      if (std::isnan(one) || one > error) error = one;  // and nothing is greater than NaN
    }
  }
  return error;
}

bool GradientCheck::Passes(double bar) const {
  return std::all_of(variables.begin(), variables.end(), [bar](const VariableCheck& check) {
    return check.elements.Passes(bar) && check.directions.Passes(bar);
  });
}

std::string GradientCheck::ToString() const {
  std::string text;
  for (size_t i = 0; i < variables.size(); ++i) {
    const auto& [elements, directions, worst, analytic, numerical] = variables[i];
    absl::StrAppendFormat(&text, "variable %d: error %.2g of %d elements (%d kinks), %.2g of %d directions (%d kinks); ",
                          i, elements.error, elements.compared, elements.kinks, directions.error, directions.compared,
                          directions.kinks);
    absl::StrAppendFormat(&text, "worst element %d: gradient %.17g, slope %.17g\n", worst, analytic, numerical);
  }
  return text;
}

GradientCheck CheckGradients(const std::function<Variable()>& f, absl::Span<const Variable> wrt,
                             const GradientCheckOptions& options) {
  DL_CHECK(!wrt.empty()) << "CheckGradients: no variables to check";
  const DType dtype = wrt[0].value().dtype();
  GradientCheckOptions filled = options;
  if (filled.h == 0) filled.h = BestStep(dtype);
  const Random random(options.seed);
  const Variable y = f();
  const Tensor dy = RandomUpstream(y.value(), random.Split(0));
  GradientCheck result = {.variables = {}, .y = y.value(), .gradients = Gradients(Sum(y * Variable(dy)), wrt)};
  for (size_t i = 0; i < wrt.size(); ++i) {
    DL_CHECK(wrt[i].value().dtype() == dtype) << "CheckGradients: variables of more than one type";
    DL_CHECK(result.gradients[i].shape() == wrt[i].shape())
        << "CheckGradients: variable " << i << " is " << dl::ToString(wrt[i].shape()) << ", its gradient "
        << dl::ToString(result.gradients[i].shape());
    Mover mover(f, wrt[i], result.gradients[i], Elements(y.value()), Elements(dy));
    VariableCheck check;
    CheckElements(mover, filled, random.Split(2 * i + 1), check);
    CheckDirections(mover, filled, random.Split(2 * i + 2), check);
    result.variables.push_back(check);
  }
  return result;
}

}  // namespace dl
