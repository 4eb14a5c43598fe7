// Every rule and schedule that PyTorch has too against what PyTorch does with it: testdata/pytorch_goldens.py says how
// that was recorded. An entry that nothing of ours covers fails, and so does one of ours without an entry.
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "modules/base/file.h"
#include "modules/optimizers/clipping.h"
#include "modules/optimizers/optimizer.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/optimizers/plateau.h"
#include "modules/optimizers/schedule.h"
#include "modules/optimizers/weight_average.h"
#include "modules/primitives/reorder.h"
#include "nlohmann/json.hpp"

namespace dl {
namespace {

using Json = nlohmann::json;
using Numbers = std::vector<double>;

const Json& Goldens() {
  static const Json goldens = Json::parse(ReadFile("modules/optimizers/testdata/pytorch_goldens.json").value());
  return goldens;
}

template <typename Value>
std::set<std::string> Names(const std::map<std::string, Value>& entries) {
  std::set<std::string> names;
  for (const auto& [name, entry] : entries) names.insert(name);
  return names;
}

// A NaN is close to nothing.
void ExpectClose(const Numbers& ours, const Numbers& theirs, double relative, const std::string& what) {
  ASSERT_EQ(ours.size(), theirs.size()) << what;
  for (size_t i = 0; i < theirs.size(); ++i) {
    EXPECT_NEAR(ours[i], theirs[i], relative * std::abs(theirs[i])) << what << ", number " << i;
  }
}

// The golden's name → our rule's.
const std::map<std::string, std::string> kRules = {
    {"sgd", "sgd"},
    {"sgd_l2", "sgd"},
    {"momentum", "momentum"},
    {"momentum_l2", "momentum"},
    {"nesterov", "nesterov"},
    {"adagrad", "adagrad"},
    {"adadelta", "adadelta"},
    {"rmsprop", "rmsprop"},
    {"rmsprop_centered", "rmsprop_centred"},
    {"rmsprop_momentum", "rmsprop_momentum"},
    {"adam", "adam"},
    {"adam_l2", "adam"},
    {"amsgrad", "amsgrad"},
    {"adamw", "adamw"},
    {"adamax", "adamax"},
    {"nadam", "nadam"},
    {"sgd_clip_norm", "sgd"},
    {"sgd_clip_value", "sgd"},
    {"sgd_ema", "sgd"},
};

// PyTorch's name of a rule's setting → ours. What is missing here is no setting of the rule itself.
const std::map<std::string, std::string> kSettings = {
    {"alpha", "decay"}, {"eps", "epsilon"}, {"momentum", "mu"}, {"momentum_decay", "psi"}, {"rho", "decay"},
};

// Our rule `name` with PyTorch's arguments, as a flag would say it: "adam:beta1=0.9:beta2=0.999:epsilon=1e-08".
std::string WithSettings(const std::string& name, const Json& arguments) {
  std::string text = name;
  const auto set = [&text](const std::string& key, const Json& value) { text += ":" + key + "=" + value.dump(); };
  for (const auto& [key, value] : arguments.items()) {
    if (key == "betas") {
      set("beta1", value[0]);
      set("beta2", value[1]);
    } else if (key == "weight_decay") {
      set(name == "adamw" ? "weight_decay" : "l2", value);
    } else if (kSettings.count(key)) {
      set(kSettings.at(key), value);
    }
  }
  return text;
}

std::unique_ptr<Optimizer> MakeRule(const std::string& name, const Json& arguments,
                                    const std::vector<Variable>& parameters) {
  const Schedule rate = Constant(arguments["lr"]);
  if (arguments.contains("clip_value")) {
    return MakeOptimizer(parameters, ClipByValue{arguments["clip_value"]}, ScaleByLearningRate{rate});
  }
  auto rule = ParseOptimizer(WithSettings(name, arguments)).value().make(parameters, rate);
  return arguments.contains("max_norm") ? ClipByGlobalNorm(arguments["max_norm"], std::move(rule)) : std::move(rule);
}

Tensor AsTensor(const Json& row, DType dtype) {
  const auto values = row.get<std::vector<float>>();  // which the goldens' numbers are, exactly
  return Cast(Tensor::Of({static_cast<int64_t>(values.size())}, values), dtype);
}

Numbers AsNumbers(const Tensor& tensor) {
  const Tensor wide = Cast(tensor, DType::kF64);
  return {wide.data_f64(), wide.data_f64() + wide.size()};
}

// The parameters, or their mean where one is asked for, after step 0, 1, ..., 100, computed wholly in `dtype`.
std::vector<Numbers> TraceOf(const std::string& name, const Json& arguments, DType dtype) {
  const Variable p = AsTensor(Goldens()["start"], dtype);
  const auto optimizer = MakeRule(name, arguments, {p});
  WeightAverage average({p}, arguments.value("ema_decay", 0.0));  // with decay 0, of the newest alone
  std::vector<Numbers> trace = {AsNumbers(p.value())};
  for (const Json& gradient : Goldens()["gradients"]) {
    optimizer->Step({AsTensor(gradient, dtype)});
    average.Update();
    trace.push_back(AsNumbers(average.mean()[0]));
  }
  return trace;
}

TEST(PytorchParityTest, EveryRuleOfTheGoldensIsOursAndTheOtherWayRound) {
  EXPECT_EQ(Names(kRules), Names<Json>(Goldens()["optimizers"]));
}

TEST(PytorchParityTest, RulesAgreeInDouble) {
  for (const auto& [golden, entry] : Goldens()["optimizers"].items()) {
    const auto trace = TraceOf(kRules.at(golden), entry["arguments"], DType::kF64);
    // PyTorch clips to the limit times norm / (norm + 1e-6), we to the limit: that differs by 1e-6 of a step.
    const double relative = entry["arguments"].contains("max_norm") ? 2e-7 : 1e-12;
    ASSERT_EQ(Names<Json>(entry["float64"]), (std::set<std::string>{"1", "10", "100"}));
    for (const auto& [step, theirs] : entry["float64"].items()) {
      ExpectClose(trace[std::stoul(step)], theirs, relative, golden + " after step " + step);
    }
  }
}

TEST(PytorchParityTest, RulesAgreeInFloat) {
  for (const auto& [golden, entry] : Goldens()["optimizers"].items()) {
    const auto trace = TraceOf(kRules.at(golden), entry["arguments"], DType::kF32);
    ASSERT_EQ(Names<Json>(entry["float32"]), (std::set<std::string>{"1", "10", "100"}));
    for (const auto& [step, theirs] : entry["float32"].items()) {
      ExpectClose(trace[std::stoul(step)], theirs, 1e-6, golden + " after step " + step);
    }
  }
}

// The golden's name → our schedule with PyTorch's arguments.
const std::map<std::string, std::function<Schedule(const Json&)>> kSchedules = {
    {"step", [](const Json& a) { return StepDecay(a["lr"], a["step_size"], a["gamma"]); }},
    {"multi_step", [](const Json& a) { return MultiStepDecay(a["lr"], a["milestones"], a["gamma"]); }},
    {"exponential", [](const Json& a) { return ExponentialDecay(a["lr"], a["gamma"]); }},
    {"polynomial", [](const Json& a) { return PolynomialDecay(a["lr"], a["total_iters"], a["power"]); }},
    {"cosine", [](const Json& a) { return CosineDecay(a["lr"], a["T_max"], a["eta_min"]); }},
    {"warm_restarts", [](const Json& a) { return WarmRestarts(a["lr"], a["T_0"], a["T_mult"], a["eta_min"]); }},
    {"warm_restarts_doubling",
     [](const Json& a) { return WarmRestarts(a["lr"], a["T_0"], a["T_mult"], a["eta_min"]); }},
    {"one_cycle", [](const Json& a) { return OneCycle(a["max_lr"], a["total_steps"], a["pct_start"]); }},
    {"warm_up", [](const Json& a) { return LinearWarmup(a["total_iters"].get<int>() + 1, Constant(a["lr"])); }},
    {"warm_up_then_cosine",
     [](const Json& a) { return LinearWarmup(a["milestone"], CosineDecay(a["lr"], a["T_max"], a["eta_min"])); }},
};

TEST(PytorchParityTest, EveryScheduleOfTheGoldensIsOursAndTheOtherWayRound) {
  EXPECT_EQ(Names(kSchedules), Names<Json>(Goldens()["schedules"]));
}

TEST(PytorchParityTest, SchedulesAgreeAtEveryStep) {
  for (const auto& [golden, entry] : Goldens()["schedules"].items()) {
    const Schedule schedule = kSchedules.at(golden)(entry["arguments"]);
    const Numbers theirs = entry["rates"];
    ASSERT_EQ(theirs.size(), 100u);
    Numbers ours;
    for (int64_t step = 0; step < 100; ++step) ours.push_back(schedule(step));
    ExpectClose(ours, theirs, 1e-12, golden);
  }
}

TEST(PytorchParityTest, ThePlateausRateAgreesAfterEveryLoss) {
  const Json& golden = Goldens()["plateau"];
  const Json& a = golden["arguments"];
  ReduceOnPlateau plateau({.rate = a["lr"],
                           .factor = a["factor"],
                           .patience = a["patience"],
                           .threshold = a["threshold"],
                           .cooldown = a["cooldown"],
                           .floor = a["min_lr"]});
  Numbers ours;
  for (const double loss : golden["losses"]) {
    plateau.Observe(loss);
    ours.push_back(plateau.rate());
  }
  ASSERT_EQ(ours.size(), 100u);
  ExpectClose(ours, golden["rates"], 1e-12, "plateau");
}

}  // namespace
}  // namespace dl
