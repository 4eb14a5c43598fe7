// Sharpness-aware minimisation (Foret et al. 2021): descend by the gradient at the worst place nearby, and so into
// valleys that are wide.
#ifndef MODULES_OPTIMIZERS_SAM_H_
#define MODULES_OPTIMIZERS_SAM_H_

#include <memory>

#include "modules/optimizers/optimizer.h"

namespace dl {

// `inner` with the gradient at p + ρ g / ||g||, where g is the gradient at p and ||g|| its norm over all parameters;
// where that is 0, at p. It asks for gradients twice a step, so StepWith is the way to call it; Step alone is a
// mistake.
std::unique_ptr<Optimizer> SharpnessAware(double rho, std::unique_ptr<Optimizer> inner);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_SAM_H_
