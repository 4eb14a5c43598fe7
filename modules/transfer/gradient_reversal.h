// Gradient reversal: the identity whose gradient is turned round, the heart of domain-adversarial training (DANN, Ganin
// et al. 2016).
//
//   y = x, dx = -λ dy
//
// What stands behind it learns to tell two domains apart; what stands in front of it learns, from the same loss, to
// make that hard.
#ifndef MODULES_TRANSFER_GRADIENT_REVERSAL_H_
#define MODULES_TRANSFER_GRADIENT_REVERSAL_H_

#include <cstdint>

#include "modules/backprop/variable.h"
#include "modules/optimizers/schedule.h"

namespace dl {

// x itself; its gradient is -lambda times the output's. Any shape, f32 or f64.
Variable ReverseGradient(const Variable& x, double lambda);

// Ganin's schedule of λ over a training of `steps` steps, at least one: 2 / (1 + e^(-10 p)) - 1 with p = step / steps,
// at most 1. It climbs from 0 to nearly 1: as long as the features mean nothing, what makes them alike waits.
Schedule ReversalRamp(int64_t steps);

}  // namespace dl

#endif  // MODULES_TRANSFER_GRADIENT_REVERSAL_H_
