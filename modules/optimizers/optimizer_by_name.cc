#include "modules/optimizers/optimizer_by_name.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "modules/base/nearest_name.h"
#include "modules/optimizers/adaptive.h"
#include "modules/optimizers/lookahead.h"
#include "modules/optimizers/muon.h"
#include "modules/optimizers/sam.h"

namespace dl {
namespace {

using Parameters = std::vector<Variable>;
using Settings = std::map<std::string, double>;
using Down = ScaleByLearningRate;

struct Rule {
  std::string name;
  double typical_rate;
  Settings defaults;
  std::function<std::unique_ptr<Optimizer>(Parameters, Schedule, Settings)> make;
};

// Muon for the matrices, Adam at the same rate for all else.
std::unique_ptr<Optimizer> MuonAndAdam(const Parameters& parameters, const Schedule& rate, Settings& s);

const std::vector<Rule>& Rules() {
  using P = Parameters;
  using R = Schedule;
  using S = Settings;
  static const auto* rules = new std::vector<Rule>{
      // clang-format off: one rule, one line or two
      // [rules]
      {"sgd", 0.1, {{"l2", 0}},
       [](P p, R r, S s) { return MakeOptimizer(p, AddDecayedWeights{s["l2"]}, Down{r}); }},
      {"momentum", 0.03, {{"mu", 0.9}, {"l2", 0}},
       [](P p, R r, S s) { return MakeOptimizer(p, AddDecayedWeights{s["l2"]}, Momentum{s["mu"]}, Down{r}); }},
      {"nesterov", 0.03, {{"mu", 0.9}, {"l2", 0}},
       [](P p, R r, S s) { return MakeOptimizer(p, AddDecayedWeights{s["l2"]}, Momentum{s["mu"], true}, Down{r}); }},
      {"adagrad", 0.03, {{"epsilon", 1e-10}},
       [](P p, R r, S s) { return MakeOptimizer(p, ScaleByAdaGrad{s["epsilon"]}, Down{r}); }},
      {"rmsprop", 1e-3, {{"decay", 0.9}, {"epsilon", 1e-8}},
       [](P p, R r, S s) { return MakeOptimizer(p, ScaleByRms{s["decay"], s["epsilon"]}, Down{r}); }},
      {"rmsprop_centred", 1e-3, {{"decay", 0.9}, {"epsilon", 1e-8}},
       [](P p, R r, S s) { return MakeOptimizer(p, ScaleByDeviation{s["decay"], s["epsilon"]}, Down{r}); }},
      {"rmsprop_momentum", 3e-4, {{"decay", 0.9}, {"epsilon", 1e-8}, {"mu", 0.9}},
       [](P p, R r, S s) { return MakeOptimizer(p, ScaleByRms{s["decay"], s["epsilon"]},
                                                Momentum{s["mu"]}, Down{r}); }},
      {"adadelta", 1, {{"decay", 0.9}, {"epsilon", 1e-6}},
       [](P p, R r, S s) { return MakeOptimizer(p, ScaleByAdadelta{s["decay"], s["epsilon"]}, Down{r}); }},
      {"adam", 1e-3, {{"beta1", 0.9}, {"beta2", 0.999}, {"epsilon", 1e-8}, {"l2", 0}},
       [](P p, R r, S s) { return MakeOptimizer(p, AddDecayedWeights{s["l2"]},
                                                ScaleByAdam{s["beta1"], s["beta2"], s["epsilon"]}, Down{r}); }},
      {"adamw", 1e-3, {{"beta1", 0.9}, {"beta2", 0.999}, {"epsilon", 1e-8}, {"weight_decay", 0.01}},
       [](P p, R r, S s) { return MakeOptimizer(p, ScaleByAdam{s["beta1"], s["beta2"], s["epsilon"]},
                                                AddDecayedWeights{s["weight_decay"]}, Down{r}); }},
      {"adamax", 2e-3, {{"beta1", 0.9}, {"beta2", 0.999}, {"epsilon", 1e-8}},
       [](P p, R r, S s) { return MakeOptimizer(p, ScaleByAdamax{s["beta1"], s["beta2"], s["epsilon"]}, Down{r}); }},
      {"nadam", 1e-3, {{"beta1", 0.9}, {"beta2", 0.999}, {"epsilon", 1e-8}, {"psi", 0.004}},
       [](P p, R r, S s) { return MakeOptimizer(p, ScaleByNAdam{s["beta1"], s["beta2"], s["epsilon"], s["psi"]},
                                                Down{r}); }},
      {"amsgrad", 1e-3, {{"beta1", 0.9}, {"beta2", 0.999}, {"epsilon", 1e-8}},
       [](P p, R r, S s) { return MakeOptimizer(p, ScaleByAmsGrad{s["beta1"], s["beta2"], s["epsilon"]}, Down{r}); }},
      {"lion", 1e-4, {{"beta1", 0.9}, {"beta2", 0.99}, {"weight_decay", 0}},
       [](P p, R r, S s) { return MakeOptimizer(p, ScaleByLion{s["beta1"], s["beta2"]},
                                                AddDecayedWeights{s["weight_decay"]}, Down{r}); }},
      // [/rules]
      // clang-format on
      {"muon",
       1e-3,
       {{"mu", 0.95}, {"beta1", 0.9}, {"beta2", 0.999}, {"weight_decay", 0}},
       [](P p, R r, S s) { return MuonAndAdam(p, r, s); }},
      {"lookahead",
       1e-3,
       {{"every", 5}, {"alpha", 0.5}, {"beta1", 0.9}, {"beta2", 0.999}},
       [](P p, R r, S s) {
         return Lookahead({.every = static_cast<int64_t>(s["every"]), .alpha = Constant(s["alpha"])},
                          Adam(p, {.rate = r, .beta1 = s["beta1"], .beta2 = s["beta2"]}));
       }},
      {"sam",
       0.03,
       {{"rho", 0.05}, {"mu", 0.9}},
       [](P p, R r, S s) { return SharpnessAware(s["rho"], Sgd(p, {.rate = r, .momentum = s["mu"]})); }},
  };
  return *rules;
}

std::unique_ptr<Optimizer> MuonAndAdam(const Parameters& parameters, const Schedule& rate, Settings& s) {
  Parameters matrices, others;
  for (const Variable& parameter : parameters) {
    (parameter.value().rank() >= 2 ? matrices : others).push_back(parameter);
  }
  std::vector<std::unique_ptr<Optimizer>> parts;
  parts.push_back(Muon(matrices, {.rate = rate, .momentum = s["mu"], .weight_decay = s["weight_decay"]}));
  parts.push_back(Adam(others, {.rate = rate, .beta1 = s["beta1"], .beta2 = s["beta2"]}));
  return std::make_unique<ParameterGroups>(std::move(parts));
}

// What a setting may be.
struct Range {
  std::string key, wants;
  bool (*holds)(double value);
};

const std::vector<Range>& Ranges() {
  constexpr auto kShare = [](double v) { return v >= 0 && v < 1; };
  constexpr auto kNotNegative = [](double v) { return v >= 0 && std::isfinite(v); };
  static const auto* ranges = new std::vector<Range>{
      {"mu", "0 to less than 1", kShare},
      {"decay", "0 to less than 1", kShare},
      {"beta1", "0 to less than 1", kShare},
      {"beta2", "0 to less than 1", kShare},
      {"epsilon", "0 or more", kNotNegative},
      {"l2", "0 or more", kNotNegative},
      {"weight_decay", "0 or more", kNotNegative},
      {"psi", "0 or more", kNotNegative},
      {"alpha", "more than 0, at most 1", [](double v) { return v > 0 && v <= 1; }},
      {"every", "a whole number of 1 or more", [](double v) { return v >= 1 && v <= 1e9 && v == std::floor(v); }},
      {"rho", "more than 0", [](double v) { return v > 0 && std::isfinite(v); }},
  };
  return *ranges;
}

absl::Status SetOne(const std::string& name, const std::string& assignment, Settings& settings) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(assignment, absl::MaxSplits('=', 1));
  const auto& [key, text] = parts;
  if (!settings.count(key)) {
    std::vector<std::string> valid;
    for (const auto& setting : settings) valid.push_back(setting.first);
    return UnknownName(absl::StrCat("setting of ", name), key, valid);
  }
  const auto range = std::find_if(Ranges().begin(), Ranges().end(), [&](const Range& r) { return r.key == key; });
  double value;
  if (!absl::SimpleAtod(text, &value) || !range->holds(value)) {
    return absl::InvalidArgumentError(
        absl::StrCat("optimizer ", name, ": ", key, " wants ", range->wants, ", not '", text, "'"));
  }
  settings[key] = value;
  return absl::OkStatus();
}

}  // namespace

std::vector<std::string> OptimizerNames() {
  std::vector<std::string> names;
  for (const Rule& rule : Rules()) names.push_back(rule.name);
  return names;
}

absl::StatusOr<NamedOptimizer> ParseOptimizer(const std::string& name) {
  const std::vector<std::string> words = absl::StrSplit(name, ':');
  const auto rule =
      std::find_if(Rules().begin(), Rules().end(), [&](const Rule& known) { return known.name == words[0]; });
  if (rule == Rules().end()) return UnknownName("optimizer", words[0], OptimizerNames());
  Settings settings = rule->defaults;
  for (size_t i = 1; i < words.size(); ++i) {
    if (absl::Status status = SetOne(rule->name, words[i], settings); !status.ok()) return status;
  }
  return NamedOptimizer{name, rule->typical_rate, [make = rule->make, settings](Parameters parameters, Schedule rate) {
                          return make(std::move(parameters), std::move(rate), settings);
                        }};
}

absl::StatusOr<std::vector<NamedOptimizer>> ParseOptimizers(const std::vector<std::string>& names) {
  if (names.empty()) return absl::InvalidArgumentError("flag --optimizers wants one name at least");
  std::vector<NamedOptimizer> optimizers;
  for (const std::string& name : names) {
    if (std::count(names.begin(), names.end(), name) > 1) {
      return absl::InvalidArgumentError(absl::StrCat("flag --optimizers names ", name, " twice"));
    }
    absl::StatusOr<NamedOptimizer> optimizer = ParseOptimizer(name);
    if (!optimizer.ok()) return optimizer.status();
    optimizers.push_back(*std::move(optimizer));
  }
  return optimizers;
}

}  // namespace dl
