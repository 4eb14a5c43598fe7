#include "modules/backprop/experiments/gradcheck.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "modules/backprop/gradient_check.h"
#include "modules/primitives/reference/array.h"
#include "modules/training/flag_checks.h"
#include "modules/training/interrupt.h"

namespace dl {
namespace {

// How far an f32 gradient may be from the f64 one, relative to its length: a hundred roundings that all go one way.
constexpr double kF32Bar = 100.0 * std::numeric_limits<float>::epsilon();

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// What came of one operation.
struct Outcome {
  GradientCheck verdict;  // in f64 at the step of the verdict
  std::vector<std::string> inputs;
  double best_h = 0;  // of the steps in f64
  double least_error = kInfinity;      // there
  double f32_least_error = kInfinity;  // of the gradient in f32 against differences in f32
  double f32_error = 0;                // of the gradient in f32 against that in f64
};

std::vector<Variable> Variables(const OpCase& op) {
  std::vector<Variable> variables;
  for (const Parameter& input : op.inputs) variables.push_back(input.variable);
  return variables;
}

// |a - b|₂ / |b|₂ of the worst pair; the numerator alone where b is 0.
double LargestDistance(const std::vector<Tensor>& as, const std::vector<Tensor>& bs) {
  double largest = 0;
  for (size_t i = 0; i < as.size(); ++i) {
    const auto a = reference::FromTensor<double>(as[i]).values, b = reference::FromTensor<double>(bs[i]).values;
    double difference = 0, norm = 0;
    for (size_t j = 0; j < a.size(); ++j) {
      difference += (a[j] - b[j]) * (a[j] - b[j]);
      norm += b[j] * b[j];
    }
    const double distance = std::sqrt(norm > 0 ? difference / norm : difference);
    if (!(distance <= largest)) largest = distance;
  }
  return largest;
}

// Empty where all lines were kinks, so that nothing was measured.
Cell ErrorCell(const Agreement& agreement) { return agreement.compared > 0 ? Cell(agreement.error) : Cell(""); }

void AddRows(const OpEntry& entry, const OpCase& op, DType dtype, double h, const GradientCheck& check,
             Table& metrics) {
  for (size_t i = 0; i < op.inputs.size(); ++i) {
    const auto& [elements, directions, worst, analytic, numerical] = check.variables[i];
    metrics.AddRow({entry.name, op.inputs[i].name, ToString(dtype), h, ErrorCell(elements), ErrorCell(directions),
                    elements.kinks + directions.kinks, elements.compared});
  }
}

Outcome CheckOp(const OpEntry& entry, double step, const std::set<double>& steps_f64, const std::set<double>& steps_f32,
                Table& metrics) {
  Outcome outcome;
  const OpCase exact = entry.make(DType::kF64), single = entry.make(DType::kF32);
  for (const Parameter& input : exact.inputs) outcome.inputs.push_back(input.name);
  for (double h : steps_f64) {
    const GradientCheck check = CheckGradients(exact.f, Variables(exact), {.h = h, .sample = entry.sample});
    AddRows(entry, exact, DType::kF64, h, check, metrics);
    if (h == step) outcome.verdict = check;
    if (check.Passes(kInfinity) && check.Error() < outcome.least_error) {
      outcome.least_error = check.Error();
      outcome.best_h = h;
    }
  }
  for (double h : steps_f32) {
    const GradientCheck check = CheckGradients(single.f, Variables(single), {.h = h, .sample = entry.sample});
    AddRows(entry, single, DType::kF32, h, check, metrics);
    if (check.Passes(kInfinity)) outcome.f32_least_error = std::min(outcome.f32_least_error, check.Error());
    outcome.f32_error = LargestDistance(check.gradients, outcome.verdict.gradients);
  }
  return outcome;
}

// "" where the gradient is right.
std::string Fault(const OpEntry& entry, const Outcome& outcome) {
  std::string fault;
  for (size_t i = 0; i < outcome.inputs.size() && fault.empty(); ++i) {
    const auto& [elements, directions, worst, analytic, numerical] = outcome.verdict.variables[i];
    if (!elements.Passes(kInfinity) || !directions.Passes(kInfinity)) {
      fault = absl::StrCat(outcome.inputs[i], ": not a number, or mostly kinks");
    } else if (!elements.Passes(entry.bar) || !directions.Passes(entry.bar)) {
      fault = absl::StrFormat("%s: error %.2g, bar %.2g, element %d is %.6g where the slope is %.6g", outcome.inputs[i],
                              std::max(elements.error, directions.error), entry.bar, worst, analytic, numerical);
    }
  }
  if (fault.empty() && !(outcome.f32_error <= kF32Bar)) {
    fault = absl::StrFormat("f32 is %.2g away from f64, bar %.2g", outcome.f32_error, kF32Bar);
  }
  return fault.empty() ? "" : absl::StrCat("the gradient of ", entry.name, " is wrong (", fault, ")");
}

void AddSummary(const OpEntry& entry, const Outcome& outcome, bool right, Table& summary) {
  int64_t compared = 0, kinks = 0;
  for (const VariableCheck& check : outcome.verdict.variables) {
    compared += check.elements.compared;
    kinks += check.elements.kinks + check.directions.kinks;
  }
  const auto brief = [](double error) { return std::isinf(error) ? "" : absl::StrFormat("%.2g", error); };
  summary.AddRow({entry.name, entry.room, entry.kind, compared, kinks, brief(outcome.verdict.Error()), brief(entry.bar),
                  outcome.best_h, brief(outcome.f32_least_error), brief(outcome.f32_error), right ? "ok" : "wrong"});
}

absl::StatusOr<std::vector<const OpEntry*>> Choose(const std::vector<OpEntry>& table,
                                                   const std::vector<std::string>& names) {
  std::vector<const OpEntry*> chosen;
  std::vector<std::string> valid;
  for (const OpEntry& entry : table) {
    valid.push_back(entry.name);
    if (names.empty()) chosen.push_back(&entry);
  }
  if (absl::Status status = WantsKnown("op", names, valid); !status.ok()) return status;
  for (const std::string& name : names) {
    chosen.push_back(&*std::find_if(table.begin(), table.end(), [&](const OpEntry& e) { return e.name == name; }));
  }
  return chosen;
}

}  // namespace

void GradCheck::AddFlags(FlagSet& flags) {
  flags.Add("ops", &ops_, "which to check, by name; none for all");
  flags.Add("step", &step_, "the step h of the verdict, in f64");
  flags.Add("steps_f64", &steps_f64_, "further steps in f64, to compare");
  flags.Add("steps_f32", &steps_f32_, "steps in f32, to compare");
}

absl::StatusOr<ExperimentResult> GradCheck::Run(Progress& progress) {
  if (absl::Status status =
          FirstError({WantsPositive("step", step_), WantsFraction("step", step_),
                      WantsPositive("steps_f64", steps_f64_), WantsFraction("steps_f64", steps_f64_),
                      WantsPositive("steps_f32", steps_f32_), WantsFraction("steps_f32", steps_f32_)});
      !status.ok()) {
    return status;
  }
  std::set<double> steps_f64(steps_f64_.begin(), steps_f64_.end()), steps_f32(steps_f32_.begin(), steps_f32_.end());
  steps_f64.insert(step_);
  if (steps_f32.empty()) steps_f32.insert(BestStep(DType::kF32));
  const auto entries = Choose(table_, ops_);
  if (!entries.ok()) return entries.status();
  Table metrics({"op", "input", "precision", "h", "error", "directional_error", "kinks", "elements"});
  Table summary({"op", "room", "kind", "elements", "kinks", "error", "bar", "best_h", "f32_least_error", "f32_error",
                 "verdict"});
  std::vector<std::string> faults;
  for (size_t i = 0; i < entries->size(); ++i) {
    if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
    const OpEntry* entry = (*entries)[i];
    progress.Part(entry->name, static_cast<int64_t>(i), static_cast<int64_t>(entries->size()));
    const Outcome outcome = CheckOp(*entry, step_, steps_f64, steps_f32, metrics);
    const std::string fault = Fault(*entry, outcome);
    AddSummary(*entry, outcome, fault.empty(), summary);
    if (!fault.empty()) faults.push_back(fault);
  }
  if (!faults.empty()) return absl::InternalError(absl::StrJoin(faults, "; "));
  return ExperimentResult{.metrics = std::move(metrics), .summary = std::move(summary), .seeds = {1}, .datasets = {}};
}

}  // namespace dl
