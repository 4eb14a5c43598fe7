// For tests of links: a chain run in double beside its formula in long double.
#ifndef MODULES_OPTIMIZERS_TESTING_H_
#define MODULES_OPTIMIZERS_TESTING_H_

#include <array>
#include <cmath>
#include <functional>
#include <vector>

#include "gtest/gtest.h"
#include "modules/optimizers/chain.h"

namespace dl::testing {

// Runs `chain` in double for `steps` steps from `point`, by gradient(point).
template <typename Chain, typename Gradient>
std::vector<double> Descend(const Chain& chain, int steps, std::vector<double> point, const Gradient& gradient) {
  std::array<std::vector<double>, Chain::kState> memory;
  std::array<double*, Chain::kState> state;
  for (size_t k = 0; k < memory.size(); ++k) {
    memory[k].resize(point.size());
    state[k] = memory[k].data();
  }
  for (int t = 0; t < steps; ++t) {
    const std::vector<double> g = gradient(point);
    FusedUpdate(chain.At(t), 0, static_cast<int64_t>(point.size()), g.data(), point.data(), point.data(), state);
  }
  return point;
}

// What a rule adds to the parameter at step t = 1, 2, ..., where the gradient is g: as a paper writes it. s: what it
// remembers, 0 at first.
using Formula = std::function<long double(int t, long double g, long double p, std::array<long double, 4>& s)>;

// A thousand steps of the chain and of the formula end within 1e-12 of each other. The gradients swing about a drift,
// so that no rule comes to rest: g(t) = ½ sin(1.7 t) + 0.3 + 0.01 p.
template <typename Chain>
void ExpectFollows(const Chain& chain, const Formula& formula) {
  const auto gradient = [](int t, auto p) { return 0.5 * std::sin(1.7 * t) + 0.3 + 0.01 * p; };
  int t = 0;
  const double p = Descend(chain, 1000, {1.0},
                           [&](const std::vector<double>& at) { return std::vector<double>{gradient(++t, at[0])}; })[0];
  long double expected = 1;
  std::array<long double, 4> memory = {};
  for (int u = 1; u <= 1000; ++u) expected += formula(u, gradient(u, expected), expected, memory);
  EXPECT_GT(std::abs(expected - 1), 0.1) << "the formula does not move";
  EXPECT_NEAR(p, static_cast<double>(expected), 1e-12 * std::abs(static_cast<double>(expected)));
}

}  // namespace dl::testing

#endif  // MODULES_OPTIMIZERS_TESTING_H_
