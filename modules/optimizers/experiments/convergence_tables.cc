#include "modules/optimizers/experiments/convergence_tables.h"

#include <algorithm>
#include <cmath>

#include "modules/training/line_fit.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

// The whole of `values` but for the first half: where a law in the long run may be seen.
std::vector<double> LastHalf(const std::vector<double>& values) {
  return {values.begin() + static_cast<int64_t>(values.size() / 2), values.end()};
}

}  // namespace

std::optional<double> StepsExponent(const std::vector<double>& kappas, const std::vector<double>& steps) {
  std::vector<double> x, y;
  for (size_t i = 0; i < kappas.size(); ++i) {
    if (kappas[i] < 0.099 * *std::max_element(kappas.begin(), kappas.end())) continue;
    x.push_back(kappas[i]);
    y.push_back(steps[i]);
  }
  if (x.size() < 2) return std::nullopt;
  return FitExponent(x, y);
}

void ConvergenceTables::AddLaw(const std::string& law, const std::string& problem, const std::string& method,
                               const std::vector<double>& exponents, const Cell& theory, const Cell& expected) {
  if (exponents.empty()) return summary.AddRow({law, problem, method, "", "", 0, "", expected, theory});
  const double deviation = StandardDeviation(exponents);
  const double error = deviation / std::sqrt(static_cast<double>(exponents.size()));
  summary.AddRow({law, problem, method, Mean(exponents), deviation, exponents.size(), error, expected, theory});
}

void ConvergenceTables::AddSteps(const std::string& problem, const std::string& method, double kappa,
                                 const std::vector<double>& rates, const std::vector<double>& needed,
                                 std::optional<int64_t> diverged_at) {
  const Cell diverged = diverged_at ? Cell(*diverged_at) : Cell("");
  if (needed.empty()) return steps.AddRow({problem, method, kappa, "", "", "", "", 0, diverged});
  steps.AddRow({problem, method, kappa, Mean(rates), StandardDeviation(rates), Mean(needed), StandardDeviation(needed),
                needed.size(), diverged});
}

void ConvergenceTables::AddDecay(const std::string& problem, const std::string& method,
                                 const std::vector<std::vector<double>>& gaps, const std::vector<double>& expected,
                                 double theory) {
  std::vector<double> ends, exponents, of_octave(gaps.size());
  for (size_t k = 0; k < expected.size(); ++k) {
    ends.push_back(std::ldexp(1, static_cast<int>(k)));
    for (size_t s = 0; s < gaps.size(); ++s) of_octave[s] = gaps[s][k];
    noise.AddRow(
        {problem, method, ends.back(), Mean(of_octave), StandardDeviation(of_octave), gaps.size(), expected[k]});
  }
  for (const auto& of_seed : gaps) exponents.push_back(FitExponent(LastHalf(ends), LastHalf(of_seed)));
  AddLaw("gap against steps", problem, method, exponents, theory, FitExponent(LastHalf(ends), LastHalf(expected)));
}

}  // namespace dl
