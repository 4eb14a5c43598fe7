// Stochastic gradient descent on a quadratic: the gradient comes with noise of one and the same size wherever it is
// asked for, so what counts in the long run is the schedule of the rate, and whether the iterates are averaged.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_NOISY_DESCENT_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_NOISY_DESCENT_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/base/random.h"
#include "modules/optimizers/experiments/quadratic.h"
#include "modules/optimizers/schedule.h"

namespace dl {

// Of octave k, the steps t with 2^(k-1) < t <= 2^k.
struct NoisyGaps {
  std::vector<double> of_iterates;  // the mean over the octave of f(x_t)
  std::vector<double> of_means;     // f(mean over the octave of x_t): Polyak & Juditsky's average (1992) of the last half
};

// Descends for 2^octaves steps from the sum of the eigenvectors by H x + noise · ξ, where ξ is normal of variance 1, one draw for each element and step.
// Element k of the gaps is that of octave k. Cancelled after Ctrl-C.
absl::StatusOr<NoisyGaps> DescendInNoise(const Quadratic& f, const Schedule& rate, double noise, int64_t octaves,
                                         Random random);

// The expectation of these gaps, exactly: a step takes E x² of an eigenvector to (1 - η λ)² E x² + η² σ².
NoisyGaps ExpectedGaps(const Quadratic& f, const Schedule& rate, double noise, int64_t octaves);

// What E f comes to at a constant rate η below 2 / L: ½ η σ² Σ 1 / (2 - η λ), where σ is `noise`.
double NoiseFloor(const Quadratic& f, double rate, double noise);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_NOISY_DESCENT_H_
