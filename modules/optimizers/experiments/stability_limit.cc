#include "modules/optimizers/experiments/stability_limit.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/optimizers/experiments/quadratic.h"
#include "modules/training/flag_checks.h"

namespace dl {
namespace {

constexpr double kMostMomentum = 0.999;
constexpr int kHalvings = 40;

}  // namespace

struct StabilityLimit::Setting {
  const char* method;
  double momentum, curvature;

  bool nesterov() const { return std::string(method) == "nesterov"; }

  // The limit by theory: where the step of the steepest direction has the factor -1.
  double Theory() const {
    const double limit = 2 * (1 + momentum) / curvature;
    return nesterov() ? limit / (1 + 2 * momentum) : limit;
  }

  MakeOptimizerOf At(double rate) const {
    return [=, *this](std::vector<Variable> parameters) {
      return Sgd(std::move(parameters), {.rate = Constant(rate), .momentum = momentum, .nesterov = nesterov()});
    };
  }

  // Eigenvalues down to the curvature over `condition`.
  Quadratic Problem(double condition, int64_t dimension) const {
    return Quadratic(LogSpaced(curvature / condition, curvature, dimension));
  }
};

void StabilityLimit::AddFlags(FlagSet& flags) {
  flags.Add("momenta", &momenta_, "from 0, which is plain gradient descent, to below 1");
  flags.Add("curvatures", &curvatures_, "the highest eigenvalues of the quadratics");
  flags.Add("condition", &condition_, "the highest eigenvalue over the lowest");
  flags.Add("dimension", &dimension_, "of the quadratics");
  flags.Add("parts", &parts_, "of the limit: rates whose descents are recorded");
  flags.Add("steps", &steps_, "of these descents");
}

void StabilityLimit::UseDemoSize() { curvatures_ = {1, 100}; }

std::vector<StabilityLimit::Setting> StabilityLimit::Settings() const {
  std::vector<Setting> settings;
  for (double curvature : curvatures_) {
    for (double momentum : momenta_) {
      if (momentum == 0) {
        settings.push_back({"sgd", 0, curvature});
        continue;
      }
      settings.push_back({"momentum", momentum, curvature});
      settings.push_back({"nesterov", momentum, curvature});
    }
  }
  return settings;
}

// A descent strays if it is farther away at its end than at its half: by then all but the steepest direction is as good
// as still, since it shrinks by √μ a step or faster.
absl::StatusOr<double> StabilityLimit::MeasureLimit(const Setting& setting) const {
  const Quadratic f = setting.Problem(condition_, dimension_);
  const Tensor start = f.At(std::vector<double>(dimension_, 1));
  const int64_t most_steps = 2000 + static_cast<int64_t>(condition_ * 40 / (1 - setting.momentum));
  const auto strays = [&](double rate) -> absl::StatusOr<bool> {
    const auto descent = Descend(f, start, setting.At(rate), {.most_steps = most_steps});
    if (!descent.ok()) return descent.status();
    const std::vector<double>& distances = descent->distances;
    return descent->diverged_at || distances.back() > distances[distances.size() / 2];
  };
  double stays = 0, leaves = 8 / setting.curvature;  // twice as much as any momentum bears
  for (int i = 0; i < kHalvings; ++i) {
    const double rate = (stays + leaves) / 2;
    const absl::StatusOr<bool> left = strays(rate);
    if (!left.ok()) return left.status();
    (*left ? leaves : stays) = rate;
  }
  return (stays + leaves) / 2;
}

absl::Status StabilityLimit::WalkAtTheEdge(const Setting& setting, Table& metrics) const {
  const Quadratic f = setting.Problem(condition_, dimension_);
  for (double part : parts_) {
    const auto descent = Descend(f, f.At(std::vector<double>(dimension_, 1)), setting.At(part * setting.Theory()),
                                 {.most_steps = steps_});
    if (!descent.ok()) return descent.status();
    for (size_t t = 0; t < descent->distances.size(); ++t) {
      metrics.AddRow({setting.method, setting.momentum, part, t, descent->distances[t]});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<ExperimentResult> StabilityLimit::Run(Progress& progress) {
  absl::Status status =
      FirstError({WantsSome("momenta", momenta_), WantsBetween("momenta", momenta_, 0, kMostMomentum),
                  WantsSome("curvatures", curvatures_), WantsBetween("curvatures", curvatures_, 1e-6, 1e6),
                  WantsBetween("condition", condition_, 1, 1000), WantsBetween("dimension", dimension_, 2, 1000),
                  WantsSome("parts", parts_), WantsPositive("parts", parts_), WantsBetween("steps", steps_, 1, 1'000'000)});
  if (!status.ok()) return status;
  Table metrics({"method", "momentum", "part", "step", "distance"});
  Table summary({"method", "momentum", "curvature", "limit", "limit_theory", "relative_error", "limit_times_curvature"});
  const std::vector<Setting> settings = Settings();
  for (size_t i = 0; i < settings.size(); ++i) {
    const Setting& setting = settings[i];
    progress.Part(absl::StrCat(setting.method, ", momentum ", setting.momentum, ", L ", setting.curvature), i,
                  settings.size());
    const auto limit = MeasureLimit(setting);
    if (!limit.ok()) return limit.status();
    const double theory = setting.Theory();
    summary.AddRow({setting.method, setting.momentum, setting.curvature, *limit, theory, *limit / theory - 1,
                    *limit * setting.curvature});
    if (setting.curvature == curvatures_.back()) status.Update(WalkAtTheEdge(setting, metrics));
  }
  if (!status.ok()) return status;
  return ExperimentResult{.metrics = std::move(metrics), .summary = std::move(summary), .seeds = {}, .datasets = {}};
}

}  // namespace dl
