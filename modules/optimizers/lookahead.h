// Lookahead (Zhang et al. 2019): a fast optimizer explores, slow weights follow it part of the way.
#ifndef MODULES_OPTIMIZERS_LOOKAHEAD_H_
#define MODULES_OPTIMIZERS_LOOKAHEAD_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "modules/optimizers/optimizer.h"

namespace dl {

struct LookaheadOptions {
  int64_t every = 5;                // steps of the fast weights for one of the slow ones
  Schedule alpha = Constant(0.5);   // the part of the way that the slow ones go, in (0, 1], as a function of the step
  int64_t begin = 0;                // the first step that the slow weights look at
  int64_t return_every = 0;         // steps after which the parameters go back to where the slow weights are; 0: none
  std::vector<Variable> also = {};  // leaves that no gradient moves and that are to follow too: running averages
};

// After every `every` steps of `inner`: slow ← slow + α (parameters - slow), and the parameters go on from there. The
// slow weights begin where the parameters are before step `begin`.
std::unique_ptr<Optimizer> Lookahead(const LookaheadOptions& options, std::unique_ptr<Optimizer> inner);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_LOOKAHEAD_H_
