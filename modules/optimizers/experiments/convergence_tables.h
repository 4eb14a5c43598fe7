// The tables of the experiment convergence_rates, and how the exponents in them are fitted.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_CONVERGENCE_TABLES_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_CONVERGENCE_TABLES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "modules/training/table.h"

namespace dl {

// The exponent of steps against κ in the last decade of κ; nothing unless there are two of them.
std::optional<double> StepsExponent(const std::vector<double>& kappas, const std::vector<double>& steps);

struct ConvergenceTables {
  Table metrics{{"method", "kappa", "step", "distance"}};
  Table summary{
      {"law", "problem", "method", "exponent_mean", "exponent_std", "n", "standard_error", "expected", "theory"}};
  Table contraction{{"method", "kappa", "rate", "momentum", "factor", "factor_theory", "log_ratio", "steps"}};
  Table steps{{"problem", "method", "kappa", "rate_mean", "rate_std", "steps_mean", "steps_std", "n", "diverged_at"}};
  Table noise{{"problem", "method", "step", "gap_mean", "gap_std", "n", "expected"}};
  Table floors{{"rate", "gap_mean", "gap_std", "n", "theory"}};

  // A row of `summary`. exponents: one a seed; none where nothing could be fitted. theory: the exponent in the limit;
  // expected: that of the exact expectation where it was measured; each empty where it is not known.
  void AddLaw(const std::string& law, const std::string& problem, const std::string& method,
              const std::vector<double>& exponents, const Cell& theory, const Cell& expected = "");

  // A row of `steps`: of the seeds that arrived, their rates and steps.
  void AddSteps(const std::string& problem, const std::string& method, double kappa, const std::vector<double>& rates,
                const std::vector<double>& needed, std::optional<int64_t> diverged_at);

  // Rows of `noise`, and the law, fitted to the last half of the octaves. gaps: of each seed, by octave, and their
  // expectation.
  void AddDecay(const std::string& problem, const std::string& method, const std::vector<std::vector<double>>& gaps,
                const std::vector<double>& expected, double theory);
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_CONVERGENCE_TABLES_H_
