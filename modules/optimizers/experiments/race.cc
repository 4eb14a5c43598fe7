#include "modules/optimizers/experiments/race.h"

#include <cmath>
#include <tuple>
#include <utility>

#include "modules/base/check.h"
#include "modules/training/flag_checks.h"

namespace dl {
namespace {

constexpr int64_t kLowestDecade = -5, kHighestDecade = 4;
constexpr int64_t kMostSteps = 1000000, kMostRatesPerDecade = 24;

// Whether `a` is a better outcome than `b`; see Race::Best.
bool IsBetter(const RatedWalk& a, const RatedWalk& b) {
  const auto rank = [](const RatedWalk& rated) {  // less is better
    const Walk& walk = rated.walk;
    const int64_t count = rated.steps ? *rated.steps : walk.diverged ? -walk.steps() : 0;
    return std::tuple(!rated.steps, walk.diverged, count, walk.SettledValue());
  };
  return rank(a) < rank(b);
}

}  // namespace

void Race::AddFlags(FlagSet& flags) {
  flags.Add("rates_per_decade", &rates_per_decade, "how many rates from 1e-5 to 1e-4, ..., to 1e4 are tried");
  flags.Add("steps", &steps, "of each run");
  flags.Add("tolerance", &tolerance, "how little above the minimum an optimizer has arrived");
}

absl::Status Race::CheckFlags() const {
  return FirstError({WantsBetween("rates_per_decade", rates_per_decade, 1, kMostRatesPerDecade),
                     WantsBetween("steps", steps, 1, kMostSteps), WantsPositive("tolerance", tolerance)});
}

std::vector<double> Race::Rates() const {
  std::vector<double> rates;
  for (int64_t i = kLowestDecade * rates_per_decade; i <= kHighestDecade * rates_per_decade; ++i) {
    const double rate = std::pow(10.0, static_cast<double>(i) / static_cast<double>(rates_per_decade));
    const double digit = std::pow(10.0, std::floor(std::log10(rate) + 1e-9) - 1);  // the second one's worth
    rates.push_back(std::round(rate / digit) * digit);
  }
  return rates;
}

// [search]
absl::StatusOr<RatedWalk> Race::Best(const Surface& surface, const MakeRatedOptimizerOf& make,
                                     const std::vector<double>& rates) const {
  DL_CHECK(!rates.empty()) << "Race::Best: no rates";
  const double level = surface.minimum + tolerance;
  std::optional<RatedWalk> best;
  for (const double rate : rates) {
    WalkOptions options = {.start = surface.start, .steps = steps, .level = level};
    if (best && best->steps) options.deadline = *best->steps;
    const auto at_rate = [&](std::vector<Variable> parameters) { return make(std::move(parameters), Constant(rate)); };
    absl::StatusOr<Walk> walk = WalkDown(surface, at_rate, options);
    if (!walk.ok()) return walk.status();
    RatedWalk rated = {rate, *std::move(walk), {}};
    rated.steps = rated.walk.StepsTo(level);
    if (!best || IsBetter(rated, *best)) best = std::move(rated);
  }
  return *std::move(best);
}
// [/search]

}  // namespace dl
