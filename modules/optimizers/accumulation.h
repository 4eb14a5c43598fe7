// Gradient accumulation: a large batch on a machine that has memory for a small one only.
#ifndef MODULES_OPTIMIZERS_ACCUMULATION_H_
#define MODULES_OPTIMIZERS_ACCUMULATION_H_

#include <cstdint>
#include <memory>

#include "modules/optimizers/optimizer.h"

namespace dl {

// `inner` steps once for every `count` of this one's, on the mean of their gradients; between, nothing moves. Schedules
// of `inner` count its own steps.
std::unique_ptr<Optimizer> AccumulateGradients(int64_t count, std::unique_ptr<Optimizer> inner);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_ACCUMULATION_H_
