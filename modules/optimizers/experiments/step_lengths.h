// How long Adam's steps are without the correction for the start of its two means, against those with it.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_STEP_LENGTHS_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_STEP_LENGTHS_H_

#include <cstdint>
#include <vector>

namespace dl {

// |step without| / |step with| of a single f64 parameter under both optimizers, which are given the same gradients, none
// of them 0: element i is that of step t = i + 1.
std::vector<double> MeasureStepRatios(double beta1, double beta2, const std::vector<double>& gradients);

// Theory: (1 - β₁ᵗ) / √(1 - β₂ᵗ) at step t = 1, 2, ..., whatever the gradients, where ε is nothing beside them.
double StepRatio(double beta1, double beta2, int64_t t);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_STEP_LENGTHS_H_
