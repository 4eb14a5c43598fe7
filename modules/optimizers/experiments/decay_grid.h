// What a grid of learning rates and strengths of decay says: the best trial, and whether the best decay follows the
// rate.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_DECAY_GRID_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_DECAY_GRID_H_

#include <vector>

namespace dl {

// Errors are shares of the examples.
struct DecayOutcome {
  double train_loss, validation_error, test_error, weight_norm;
};

// The runs at one rate and decay.
struct DecayTrial {
  double rate, decay;
  std::vector<DecayOutcome> outcomes;  // one a seed; none where one of them diverged

  std::vector<double> Of(double DecayOutcome::*what) const;
};

// The trial of the lowest mean validation error, or null; with `plain`, among those without decay.
const DecayTrial* BestTrial(const std::vector<DecayTrial>& grid, bool plain = false);

// When the rate grows by a decade, by how many decades the best decay changes: one number a seed. For each rate, the
// decay above 0 of the seed's lowest validation error; fitted over the rates whose error comes within half of the best
// trial's, none where they are fewer than two.
std::vector<double> DecaySlopes(const std::vector<DecayTrial>& grid);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_DECAY_GRID_H_
