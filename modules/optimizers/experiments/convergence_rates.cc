#include "modules/optimizers/experiments/convergence_rates.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/optimizers/experiments/contraction.h"
#include "modules/optimizers/experiments/noisy_descent.h"
#include "modules/optimizers/experiments/tuned_steps.h"
#include "modules/training/flag_checks.h"
#include "modules/training/line_fit.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr double kHighestCondition = 1e6;
constexpr int64_t kMostOctaves = 30;
constexpr double kNoiseRate = 0.1;
constexpr char kStepsLaw[] = "steps against kappa";

// The lowest eigenvalues of the two problems with noise; the highest is 1. The steep one curves in every direction; the
// flat one has directions that a run is too short to tell from level ones.
constexpr double kSteep = 0.1, kFlat = 1e-6;

// A schedule and the exponents that theory expects of the gap against time: of the iterates, of their average.
struct Decay {
  const char* schedule;
  double steep[2], flat[2];
};
constexpr Decay kDecays[] = {
    {"constant", {0, -1}, {0, 0}}, {"1/sqrt(t)", {-0.5, -1}, {-0.5, -0.5}}, {"1/t", {-1, -1}, {0, 0}}};

Schedule ScheduleOf(const std::string& name) {
  if (name == "constant") return Constant(kNoiseRate);
  if (name == "1/sqrt(t)") return [](int64_t t) { return 1 / std::sqrt(static_cast<double>(t + 1)); };
  return [](int64_t t) { return 1 / (kSteep * static_cast<double>(t) + 1); };  // 1 / (μ t + L) of the steep problem
}

// What theory expects of a tuned optimizer's exponent: a diagonal method does not feel κ along the axes; none is proved
// for it elsewhere. A momentum that stays what it is speeds up by a factor, as κ grows.
Cell TunedTheory(const std::string& optimizer, bool rotated) {
  const std::string rule = optimizer.substr(0, optimizer.find(':'));
  if (rule == "sgd" || rule == "momentum" || rule == "nesterov") return 1.0;
  const bool scales = rule == "adagrad" || rule.rfind("rmsprop", 0) == 0 || rule.rfind("adam", 0) == 0;
  return scales && !rotated ? Cell(0.0) : Cell("");
}

// `count` draws of the normal distribution.
std::vector<double> NormalNumbers(int64_t count, Random& random) {
  std::vector<double> numbers(count);
  for (double& number : numbers) number = random.Normal();
  return numbers;
}

std::vector<double> RatesBetween(double lowest, double highest, int64_t per_decade) {
  const int64_t steps = std::llround(std::log10(highest / lowest) * static_cast<double>(per_decade));
  return steps < 1 ? std::vector<double>{lowest} : LogSpaced(lowest, highest, steps + 1);
}

// No value twice: a line through points above one another has no slope, and one run is not two.
template <typename T>
absl::Status WantsEachOnce(const char* flag, std::vector<T> values) {
  std::sort(values.begin(), values.end());
  const auto twice = std::adjacent_find(values.begin(), values.end());
  if (twice == values.end()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("flag --", flag, " wants each value once, not ", *twice, " twice"));
}

}  // namespace

struct ConvergenceRates::Divergence {
  std::string first;       // of an optimizer, at all its rates
  bool everywhere = true;  // whether no optimizer has a rate that does not diverge
};

void ConvergenceRates::AddFlags(FlagSet& flags) {
  flags.Add("conditions", &conditions_, "condition numbers for gradient descent and its momenta by theory's constants");
  flags.Add("dimension", &dimension_, "of the quadratics");
  flags.Add("tolerance", &tolerance_, "there: the part of the distance to the minimum at which steps are counted");
  flags.Add("optimizers", &optimizers_, "to tune on the quadratics, as in adam:beta2=0.99");
  flags.Add("tuned_conditions", &tuned_conditions_, "condition numbers for them");
  flags.Add("lowest_rate", &lowest_rate_, "that they try");
  flags.Add("highest_rate", &highest_rate_, "that they try");
  flags.Add("rates_per_decade", &rates_per_decade_, "between the two");
  flags.Add("tuned_tolerance", &tuned_tolerance_, "the part of the distance at which their steps are counted");
  flags.Add("most_steps", &most_steps_, "until a rate of theirs is given up");
  flags.Add("stay", &stay_, "steps that they must stay below that tolerance, lest passing by counts as arriving");
  flags.Add("starts", &starts_, "seeds of their starts and rotations, one run each");
  flags.Add("noise", &noise_, "standard deviation of the noise in each element of the gradient");
  flags.Add("octaves", &octaves_, "of the descents in noise: 2^octaves steps each");
  flags.Add("floor_rates", &floor_rates_, "constant rates in noise, below 2");
  flags.Add("seeds", &seeds_, "of the noise, one run each");
}

void ConvergenceRates::UseDemoSize() {
  conditions_ = {10, 100, 1000};
  tuned_conditions_ = {10, 31.6228, 100};
  dimension_ = 20;
  rates_per_decade_ = 4;
  octaves_ = 13;
  most_steps_ = 3000;
  starts_ = {1};
  seeds_ = {1, 2, 3};
}

absl::Status ConvergenceRates::CheckFlags() const {
  const auto above_one = [](const char* flag, const std::vector<double>& values) {
    return FirstError(
        {WantsSome(flag, values), WantsBetween(flag, values, 2, kHighestCondition), WantsEachOnce(flag, values)});
  };
  return FirstError(
      {above_one("conditions", conditions_), WantsBetween("dimension", dimension_, 2, 1000),
       WantsBetween("tolerance", tolerance_, 1e-40, 0.5), above_one("tuned_conditions", tuned_conditions_),
       WantsPositive("lowest_rate", lowest_rate_), WantsAtLeast("highest_rate", highest_rate_, lowest_rate_),
       WantsBetween("rates_per_decade", rates_per_decade_, 1, 100),
       WantsBetween("tuned_tolerance", tuned_tolerance_, 1e-40, 0.5), WantsAtLeast("most_steps", most_steps_, 1),
       WantsAtLeast("stay", stay_, 0), WantsSome("starts", starts_), WantsEachOnce("starts", starts_),
       WantsBetween("noise", noise_, 1e-6, 1e6), WantsBetween("octaves", octaves_, 4, kMostOctaves), WantsSome("floor_rates", floor_rates_),
       WantsPositive("floor_rates", floor_rates_), WantsBetween("floor_rates", floor_rates_, 0, 1.99),
       WantsEachOnce("floor_rates", floor_rates_), WantsSeeds(seeds_)});
}

absl::Status ConvergenceRates::MeasureConstants(Progress& progress, ConvergenceTables& tables) const {
  for (const std::string& method : ContractionMethods()) {
    std::vector<double> steps;
    for (size_t i = 0; i < conditions_.size(); ++i) {
      const double kappa = conditions_[i];
      progress.Part(absl::StrCat("theory, ", method, ", κ ", kappa), i, conditions_.size());
      const auto run = MeasureContraction(method, kappa, dimension_, tolerance_);
      if (!run.ok()) return run.status();
      const auto& [rate, momentum, factor] = run->constants;
      tables.contraction.AddRow(
          {method, kappa, rate, momentum, run->factor, factor, std::log(run->factor) / std::log(factor), run->steps});
      tables.steps.AddRow({"theory's constants", method, kappa, rate, 0, run->steps, 0, 1, ""});
      const int64_t every = run->steps / 100 + 1;
      for (int64_t t = 0; t <= run->steps; t += every) tables.metrics.AddRow({method, kappa, t, run->distances[t]});
      steps.push_back(static_cast<double>(run->steps));
    }
    const std::optional<double> exponent = StepsExponent(conditions_, steps);
    tables.AddLaw(kStepsLaw, "theory's constants", method,
                  exponent ? std::vector<double>{*exponent} : std::vector<double>{}, method == "sgd" ? 1.0 : 0.5);
  }
  return absl::OkStatus();
}

// One row a κ in `steps`, and the law.
absl::Status ConvergenceRates::MeasureTuned(bool rotated, const NamedOptimizer& optimizer, Progress& progress,
                                            ConvergenceTables& tables, Divergence& divergence) const {
  const std::string problem = rotated ? "rotated" : "aligned";
  TuningOptions options = {.rates = RatesBetween(lowest_rate_, highest_rate_, rates_per_decade_),
                           .tolerance = tuned_tolerance_,
                           .most_steps = most_steps_,
                           .stay = stay_};
  std::vector<std::vector<double>> reached(starts_.size()), needed(starts_.size());  // κ, and the steps for it
  for (size_t i = 0; i < tuned_conditions_.size(); ++i) {
    const double kappa = tuned_conditions_[i];
    progress.Part(absl::StrCat(problem, ", ", optimizer.name, ", κ ", kappa), i, tuned_conditions_.size());
    std::vector<double> rates, steps;
    std::optional<int64_t> diverged_at;
    for (size_t s = 0; s < starts_.size(); ++s) {
      Random random(starts_[s]);
      const std::vector<double> coordinates = NormalNumbers(dimension_, random);
      const std::vector<double> eigenvalues = LogSpaced(1 / kappa, 1, dimension_);
      const Quadratic f = rotated ? Quadratic(eigenvalues, random) : Quadratic(eigenvalues);
      const auto best = FewestSteps(f, f.At(coordinates), optimizer, options);
      if (!best.ok()) return best.status();
      if (best->diverged_at) diverged_at = best->diverged_at;
      divergence.everywhere &= best->diverged_at.has_value();
      if (!best->steps) continue;
      options.first_try = best->rate;
      rates.push_back(best->rate);
      steps.push_back(static_cast<double>(*best->steps));
      reached[s].push_back(kappa);
      needed[s].push_back(steps.back());
    }
    tables.AddSteps(problem, optimizer.name, kappa, rates, steps, diverged_at);
    if (diverged_at && divergence.first.empty()) {
      divergence.first = absl::StrCat(optimizer.name, " diverges at every rate, at rate ", lowest_rate_, " in step ",
                                      *diverged_at, "; a lower --lowest_rate may help");
    }
  }
  std::vector<double> exponents;
  for (size_t s = 0; s < starts_.size(); ++s) {
    if (const auto exponent = StepsExponent(reached[s], needed[s])) exponents.push_back(*exponent);
  }
  tables.AddLaw(kStepsLaw, problem, optimizer.name, exponents, TunedTheory(optimizer.name, rotated));
  return absl::OkStatus();
}

absl::Status ConvergenceRates::MeasureDecays(Progress& progress, ConvergenceTables& tables) const {
  for (const bool flat : {false, true}) {
    const Quadratic f(LogSpaced(flat ? kFlat : kSteep, 1, dimension_));
    for (const Decay& decay : kDecays) {
      std::vector<std::vector<double>> of_iterates, of_means;  // one a seed
      for (size_t s = 0; s < seeds_.size(); ++s) {
        progress.Part(absl::StrCat("noise, ", decay.schedule, ", seed ", seeds_[s]), s, seeds_.size());
        auto gaps = DescendInNoise(f, ScheduleOf(decay.schedule), noise_, octaves_, Random(seeds_[s]));
        if (!gaps.ok()) return gaps.status();
        of_iterates.push_back(std::move(gaps->of_iterates));
        of_means.push_back(std::move(gaps->of_means));
      }
      const NoisyGaps expected = ExpectedGaps(f, ScheduleOf(decay.schedule), noise_, octaves_);
      const double* theory = flat ? decay.flat : decay.steep;
      tables.AddDecay(flat ? "flat" : "steep", decay.schedule, of_iterates, expected.of_iterates, theory[0]);
      tables.AddDecay(flat ? "flat" : "steep", absl::StrCat(decay.schedule, " averaged"), of_means, expected.of_means,
                      theory[1]);
    }
  }
  return absl::OkStatus();
}

absl::Status ConvergenceRates::MeasureFloors(Progress& progress, ConvergenceTables& tables) const {
  const Quadratic f(LogSpaced(kSteep, 1, dimension_));
  std::vector<std::vector<double>> of_seeds(seeds_.size());
  for (size_t i = 0; i < floor_rates_.size(); ++i) {
    progress.Part(absl::StrCat("noise, rate ", floor_rates_[i]), i, floor_rates_.size());
    std::vector<double> gaps;
    for (size_t s = 0; s < seeds_.size(); ++s) {
      const auto run = DescendInNoise(f, Constant(floor_rates_[i]), noise_, octaves_ - 2, Random(seeds_[s]));
      if (!run.ok()) return run.status();
      gaps.push_back(run->of_iterates.back());
      of_seeds[s].push_back(gaps.back());
    }
    tables.floors.AddRow(
        {floor_rates_[i], Mean(gaps), StandardDeviation(gaps), gaps.size(), NoiseFloor(f, floor_rates_[i], noise_)});
  }
  std::vector<double> exponents;
  for (const std::vector<double>& gaps : of_seeds) {
    if (gaps.size() > 1) exponents.push_back(FitExponent(floor_rates_, gaps));
  }
  tables.AddLaw("floor against rate", "steep", "constant", exponents, 1.0);
  return absl::OkStatus();
}

absl::StatusOr<ExperimentResult> ConvergenceRates::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const auto optimizers = ParseOptimizers(optimizers_);
  if (!optimizers.ok()) return optimizers.status();
  ConvergenceTables tables;
  Divergence divergence;
  absl::Status status = MeasureConstants(progress, tables);
  for (const bool rotated : {false, true}) {
    for (const NamedOptimizer& optimizer : *optimizers) {
      if (status.ok()) status = MeasureTuned(rotated, optimizer, progress, tables, divergence);
    }
  }
  if (status.ok() && divergence.everywhere) return absl::AbortedError(divergence.first);
  if (status.ok()) status = MeasureFloors(progress, tables);
  if (status.ok()) status = MeasureDecays(progress, tables);
  if (!status.ok()) return status;
  return ExperimentResult{.metrics = std::move(tables.metrics),
                          .summary = std::move(tables.summary),
                          .seeds = seeds_,
                          .datasets = {},
                          .files = {{"contraction.csv", tables.contraction.ToCsv()},
                                    {"floors.csv", tables.floors.ToCsv()},
                                    {"noise.csv", tables.noise.ToCsv()},
                                    {"steps.csv", tables.steps.ToCsv()}}};
}

}  // namespace dl
