#include "modules/transfer/gradient_reversal.h"

#include <algorithm>
#include <cmath>

#include "modules/base/check.h"
#include "modules/primitives/binary.h"

namespace dl {

// [reverse_gradient]
Variable ReverseGradient(const Variable& x, double lambda) {
  return Record("reverse_gradient", x.value(),
                {{x, [lambda](const Tensor&, const Tensor& dy) { return Scale(dy, -lambda); }}});
}
// [/reverse_gradient]

Schedule ReversalRamp(int64_t steps) {
  DL_CHECK(steps >= 1) << "ReversalRamp: a training of " << steps << " steps";
  return [steps](int64_t step) {
    const double p = static_cast<double>(std::min(step, steps)) / static_cast<double>(steps);
    return 2 / (1 + std::exp(-10 * p)) - 1;
  };
}

}  // namespace dl
