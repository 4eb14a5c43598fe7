// Lookahead (Zhang et al. 2019): a fast optimizer explores, slow weights follow it part of the way.
#ifndef MODULES_OPTIMIZERS_LOOKAHEAD_H_
#define MODULES_OPTIMIZERS_LOOKAHEAD_H_

#include <cstdint>
#include <memory>

#include "modules/optimizers/optimizer.h"

namespace dl {

struct LookaheadOptions {
  int64_t every = 5;   // steps of the fast weights for one of the slow ones
  double alpha = 0.5;  // the part of the way that the slow ones go, in (0, 1]
};

// After every `every` steps of `inner`: slow ← slow + α (parameters - slow), and the parameters go on from there. The
// slow weights begin where the parameters are at the first step.
std::unique_ptr<Optimizer> Lookahead(const LookaheadOptions& options, std::unique_ptr<Optimizer> inner);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_LOOKAHEAD_H_
