#include "modules/optimizers/experiments/rotation.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/training/flag_checks.h"

namespace dl {
namespace {

constexpr double kHalfway = 45;       // degrees: as far from both axes as can be
constexpr int64_t kFirstSteps = 100;  // of two paths that are compared
constexpr double kSame = 1e-6;        // how far they may be apart, for rounding

Cell StepsCell(const std::optional<int64_t>& steps) { return steps ? Cell(*steps) : Cell(""); }

// The greatest distance between steps of the walk at `degrees`, turned back, and those of the walk at 0°.
double Strays(const Walk& flat, const Walk& turned, double degrees) {
  const double c = std::cos(degrees * std::numbers::pi / 180), s = std::sin(degrees * std::numbers::pi / 180);
  const int64_t steps = std::min({flat.steps(), turned.steps(), kFirstSteps});
  double most = 0;
  for (int64_t t = 0; t <= steps; ++t) {
    const Point p = turned.points[t], q = flat.points[t];
    most = std::max(most, std::hypot(c * p.x + s * p.y - q.x, c * p.y - s * p.x - q.y));
  }
  return most;
}

}  // namespace

Rotation::Rotation() : optimizers_(OptimizerNames()) {}

void Rotation::AddFlags(FlagSet& flags) {
  flags.Add("optimizers", &optimizers_, "NAME or NAME:SETTING=VALUE: sgd, adam:beta2=0.99, ...");
  flags.Add("angles", &angles_, "by which the valley is turned, in degrees");
  flags.Add("condition_number", &condition_number_, "of the valley: how many times as curved it is across as along");
  race_.AddFlags(flags);
}

void Rotation::UseDemoSize() {
  optimizers_ = {"sgd", "momentum", "adagrad", "rmsprop", "adam", "lion", "muon"};
  angles_ = {0, 15, 30, 45, 60, 75, 90};
  race_ = {.rates_per_decade = 2, .steps = 1000};
}

absl::Status Rotation::CheckFlags() const {
  return FirstError({WantsSome("angles", angles_), WantsBetween("angles", angles_, -360, 360),
                     WantsBetween("condition_number", condition_number_, 1, 1e6), race_.CheckFlags()});
}

absl::StatusOr<bool> Rotation::Measure(const NamedOptimizer& optimizer, Table& metrics, Table& summary) const {
  const std::vector<double> rates = race_.Rates();
  const auto best = [&](double degrees, const std::vector<double>& of) {
    return race_.Best(Valley(condition_number_, degrees), optimizer.make, of);
  };
  const absl::StatusOr<RatedWalk> flat = best(0, rates);
  if (!flat.ok()) return flat.status();
  const absl::StatusOr<RatedWalk> stiff = best(kHalfway, {flat->rate}), free = best(kHalfway, rates);
  if (!stiff.ok() || !free.ok()) return stiff.ok() ? free.status() : stiff.status();
  for (const double angle : angles_) {
    const absl::StatusOr<RatedWalk> same = best(angle, {flat->rate}), own = best(angle, rates);
    if (!same.ok() || !own.ok()) return same.ok() ? own.status() : same.status();
    metrics.AddRow({optimizer.name, angle, flat->rate, StepsCell(same->steps), own->rate, StepsCell(own->steps)});
  }
  const double strays = Strays(flat->walk, stiff->walk, kHalfway);
  const bool both = flat->steps && free->steps && *flat->steps > 0;
  summary.AddRow({optimizer.name, strays < kSame ? "yes" : "no", strays, flat->rate, StepsCell(flat->steps),
                  StepsCell(stiff->steps), free->rate, StepsCell(free->steps),
                  both ? Cell(static_cast<double>(*free->steps) / static_cast<double>(*flat->steps)) : Cell("")});
  return !flat->walk.diverged;
}

absl::StatusOr<ExperimentResult> Rotation::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<std::vector<NamedOptimizer>> optimizers = ParseOptimizers(optimizers_);
  if (!optimizers.ok()) return optimizers.status();
  Table metrics({"optimizer", "angle", "rate_of_0", "steps_at_rate_of_0", "own_rate", "steps_at_own_rate"});
  Table summary({"optimizer", "invariant", "strays", "rate_of_0", "steps_at_0", "steps_at_45_rate_of_0",
                 "own_rate_at_45", "steps_at_45_own_rate", "times_as_many"});
  bool any = false;
  for (size_t i = 0; i < optimizers->size(); ++i) {
    progress.Part((*optimizers)[i].name, i, optimizers->size());
    const absl::StatusOr<bool> went = Measure((*optimizers)[i], metrics, summary);
    if (!went.ok()) return went.status();
    any = any || *went;
  }
  if (!any) {
    return absl::AbortedError(
        absl::StrCat((*optimizers)[0].name, ": diverged at every rate; a smaller --condition_number may help"));
  }
  return ExperimentResult{.metrics = std::move(metrics), .summary = std::move(summary), .seeds = {}, .datasets = {}};
}

}  // namespace dl
