#include "modules/optimizers/experiments/contraction.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "modules/base/check.h"
#include "modules/optimizers/experiments/quadratic.h"
#include "modules/training/line_fit.h"

namespace dl {
namespace {

// So far down, only the slowest direction is left, and nothing is rounded: the minimum lies at 0.
constexpr double kTailBegin = 1e-20, kTailEnd = 1e-40;

// The factor of a step where the distances fall from kTailBegin to the end.
double TailFactor(const std::vector<double>& distances) {
  std::vector<double> steps, logarithms;
  for (size_t t = 0; t < distances.size(); ++t) {
    if (distances[t] > kTailBegin) continue;
    steps.push_back(static_cast<double>(t));
    logarithms.push_back(std::log(distances[t]));
  }
  return std::exp(FitLine(steps, logarithms).slope);
}

}  // namespace

const std::vector<std::string>& ContractionMethods() {
  static const auto* methods = new std::vector<std::string>{"sgd", "momentum", "nesterov"};
  return *methods;
}

Constants BestConstants(const std::string& method, double condition) {
  DL_CHECK(condition > 1) << "BestConstants: the condition number is " << condition << "; it must exceed 1";
  const double root = std::sqrt(condition), share = (root - 1) / (root + 1);
  if (method == "sgd") return {2 / (1 + 1 / condition), 0, (condition - 1) / (condition + 1)};
  if (method == "momentum") return {4 / std::pow(1 + 1 / root, 2), share * share, share};
  DL_CHECK(method == "nesterov") << "BestConstants: no method '" << method << "'";
  return {1, share, 1 - 1 / root};
}

absl::StatusOr<Contraction> MeasureContraction(const std::string& method, double condition, int64_t dimension,
                                               double tolerance) {
  const Constants constants = BestConstants(method, condition);
  const Quadratic f(LogSpaced(1 / condition, 1, dimension));
  const auto descent = Descend(
      f, f.At(std::vector<double>(dimension, 1)),
      [&](std::vector<Variable> parameters) {
        return Sgd(std::move(parameters), {.rate = Constant(constants.rate),
                                           .momentum = constants.momentum,
                                           .nesterov = method == "nesterov"});
      },
      {.most_steps = std::numeric_limits<int64_t>::max(), .until = kTailEnd});
  if (!descent.ok()) return descent.status();
  const auto reached = std::find_if(descent->distances.begin(), descent->distances.end(),
                                    [=](double distance) { return distance <= tolerance; });
  return Contraction{constants, descent->distances, TailFactor(descent->distances), reached - descent->distances.begin()};
}

}  // namespace dl
