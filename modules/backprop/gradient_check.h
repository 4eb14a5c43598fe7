// Gradient checking: the gradient of the graph held against slopes that were measured.
//
//   const GradientCheck check = CheckGradients([&] { return Softmax(MatMul(x, w)); }, {x, w});
//   EXPECT_TRUE(check.Passes(1e-8)) << check.ToString();
//
// How close can they be? The central difference along a line errs by h²/6 |f'''| (truncation: the Taylor series
// breaks off) and by about ε |f| / h (rounding: f is known to ε only, and the difference is divided by 2h). With f, f' and
// f''' of like size the sum is least at h = (3ε)^(1/3), where it is 4e-11 in f64 and 3e-5 in f32. A bar for an operation
// is this sum times what its |f'''| / |f'| and |f| / |f'| come to: ten to a few hundred; a linear operation has rounding
// only.
#ifndef MODULES_BACKPROP_GRADIENT_CHECK_H_
#define MODULES_BACKPROP_GRADIENT_CHECK_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "modules/backprop/variable.h"

namespace dl {

// ε: the distance from 1 to the next number of the type.
double Epsilon(DType dtype);

// The step (3ε)^(1/3), at which truncation and rounding of a central difference come to least.
double BestStep(DType dtype);

struct GradientCheckOptions {
  double h = 0;        // the length of a step, in the units of the variable; 0 for BestStep of its type
  uint64_t seed = 1;   // of dy, the directions and the sample
  int64_t sample = 0;  // how many elements of each variable to move, drawn without repetition; 0 for all
  int directions = 4;  // how many random directions to move each variable in
};

// How well gradient a and numerical slopes n agree along a family of lines.
//
// A line is left out where f has a kink between x - h and x + h (ReLU at 0, a maximum that changes hands): there the
// central difference averages two slopes, which proves nothing. The kinks are counted, never forgotten.
struct Agreement {
  double error = 0;      // |a - n|₂ / max(|a|₂, |n|₂) over the lines compared; 0 where both are zero
  int64_t compared = 0;  // lines
  int64_t kinks = 0;     // lines left out

  // error <= bar, and no more lines left out than compared.
  bool Passes(double bar) const { return error <= bar && kinks <= compared; }
};

struct VariableCheck {
  Agreement elements;          // one line along each element
  Agreement directions;        // lines in random directions, which move all elements at once
  int64_t worst_element = -1;  // where |a - n| is largest, an index in row-major order; -1 if all were kinks
  double analytic = 0;         // a there
  double numerical = 0;        // n there
};

struct GradientCheck {
  std::vector<VariableCheck> variables;  // in the order of `wrt`
  Tensor y;                              // f()
  std::vector<Tensor> gradients;         // of sum(y · dy), in the order of `wrt`

  // The largest error, of elements or of directions, of any variable. Not a number where a gradient is not.
  double Error() const;

  bool Passes(double bar) const;

  // One line a variable: errors, kinks, the worst element.
  std::string ToString() const;
};

// Checks Gradients(sum(f() · dy), wrt) against central differences, in the type of the variables: f32, or f64, where a
// bar can tell a subtle mistake from rounding. `wrt` are leaves that f reads, all of one type; they are moved and put
// back. f computes the same from the same leaves each time: dropout starts from the same random numbers.
//
// dy is random, since one of all ones hides faults: a softmax sums to 1 and a batch-normalised channel to its shift
// whatever x is, so that their right gradient is 0, and so is that of many a wrong one.
GradientCheck CheckGradients(const std::function<Variable()>& f, absl::Span<const Variable> wrt,
                             const GradientCheckOptions& options = {});

}  // namespace dl

#endif  // MODULES_BACKPROP_GRADIENT_CHECK_H_
