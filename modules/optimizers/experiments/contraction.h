// By which factor a step shrinks the distance to the minimum of a quadratic, where the constants of gradient descent
// and its two momenta are the best that theory knows: measured beside the factor that it proves.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_CONTRACTION_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_CONTRACTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace dl {

// "sgd", "momentum", "nesterov".
const std::vector<std::string>& ContractionMethods();

struct Constants {
  double rate, momentum;
  double factor;  // of a step in the long run, by theory
};

// For eigenvalues from 1 / κ to 1, κ > 1. sgd: 2 / (L + μ) and (κ-1) / (κ+1). momentum: Polyak's (1964), and
// (√κ-1) / (√κ+1). nesterov: his 1 / L and momentum (√κ-1) / (√κ+1) (2004, section 2.2), with which a quadratic
// contracts by 1 - 1/√κ (Lessard, Recht & Packard 2016).
Constants BestConstants(const std::string& method, double condition);

struct Contraction {
  Constants constants;
  std::vector<double> distances;  // after 0, 1, ... steps, as a share of that at the start
  double factor;                  // measured: the slope of log distance where it falls from 1e-20 to 1e-40
  int64_t steps;                  // to the tolerance
};

// On `dimension` eigenvalues, two or more, at equal ratios from 1 / κ to 1; tolerance in [1e-40, 1). Cancelled after
// Ctrl-C.
absl::StatusOr<Contraction> MeasureContraction(const std::string& method, double condition, int64_t dimension,
                                               double tolerance);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_CONTRACTION_H_
