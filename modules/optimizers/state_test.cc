#include "modules/optimizers/state.h"

#include <functional>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "modules/base/random.h"
#include "modules/optimizers/accumulation.h"
#include "modules/optimizers/clipping.h"
#include "modules/optimizers/lookahead.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/optimizers/weight_average.h"
#include "modules/primitives/convolution.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using MakeFunction = std::function<std::unique_ptr<Optimizer>(std::vector<Variable>)>;

Tensor RandomTensor(const Shape& shape, uint64_t seed) {
  Random random(seed);
  Tensor tensor(shape);
  for (int64_t i = 0; i < tensor.size(); ++i) tensor.mutable_data()[i] = random.Uniform(-1, 1);
  return tensor;
}

std::vector<float> Values(const Tensor& tensor) {
  const Tensor plain = ToPlain(tensor);
  return {plain.values().begin(), plain.values().end()};
}

// Weights [32, 17, 3, 3] of a convolution, whose gradient is blocked, its 17 channels padded to 32, and biases [32].
class Training {
 public:
  explicit Training(const MakeFunction& make) : optimizer(make({w, b})), average({w, b}, 0.9) {}

  // The gradients of step t at the present values.
  std::vector<Tensor> GradientsAt(int64_t t) const {
    const Tensor x = RandomTensor({2, 17, 6, 6}, 10 + t), dy = Convolution(x, w.value(), b.value());
    ConvolutionGradients gradients = ConvolutionBackwardWeights(x, dy, w.shape(), true);
    return {gradients.dw, gradients.db};
  }

  void StepTo(int64_t end) {
    for (; time < end; ++time) {
      optimizer->StepWith([&] { return GradientsAt(time); });
      average.Update();
    }
  }

  State Taken() {
    State state;
    AddState("optimizer.", *optimizer, state);
    AddState("average.", average, state);
    return state;
  }

  Variable w = RandomTensor({32, 17, 3, 3}, 1), b = RandomTensor({32}, 2);
  std::unique_ptr<Optimizer> optimizer;
  WeightAverage average;
  int64_t time = 0;
};

std::vector<std::pair<std::string, MakeFunction>> Optimizers() {
  std::vector<std::pair<std::string, MakeFunction>> all;
  for (const std::string& name : OptimizerNames()) {
    all.push_back({name, [rule = *ParseOptimizer(name)](std::vector<Variable> parameters) {
                     return rule.make(std::move(parameters), Constant(rule.typical_rate / 100));
                   }});
  }
  const auto adam = [](std::vector<Variable> parameters) { return Adam(std::move(parameters), {}); };
  for (int64_t begin : {2, 6}) {
    all.push_back({absl::StrCat("lookahead_from_", begin), [=](auto parameters) {
                     const LookaheadOptions options = {
                         .every = 3, .begin = begin, .also = {Variable(RandomTensor({3}, 5))}};
                     return Lookahead(options, adam(parameters));
                   }});
  }
  all.push_back({"accumulated", [=](auto parameters) { return AccumulateGradients(3, adam(parameters)); }});
  all.push_back({"clipped", [=](auto parameters) { return ClipByGlobalNorm(1e-3, adam(parameters)); }});
  return all;
}

// Step 4 is between the steps of the accumulation (3) and of Lookahead (5).
TEST(StateTest, EveryOptimizerGoesOnExactlyWhereItsStateWasTaken) {
  for (const auto& [name, make] : Optimizers()) {
    Training whole(make);
    whole.StepTo(4);
    ASSERT_FALSE(whole.w.value().is_plain()) << "the gradient is not blocked: the test shows nothing";
    const State state = whole.Taken();
    const Tensor w = ToPlain(whole.w.value()), b = whole.b.value();
    whole.StepTo(11);

    Training resumed(make);
    resumed.w.mutable_value() = w;
    resumed.b.mutable_value() = b;
    resumed.optimizer->AdoptLayouts(resumed.GradientsAt(4));
    ASSERT_TRUE(SetState("optimizer.", state, *resumed.optimizer).ok()) << name;
    ASSERT_TRUE(SetState("average.", state, resumed.average).ok()) << name;
    resumed.time = 4;
    resumed.StepTo(11);
    EXPECT_EQ(resumed.optimizer->step(), 11) << name;
    EXPECT_EQ(Values(resumed.w.value()), Values(whole.w.value())) << name;
    EXPECT_EQ(Values(resumed.b.value()), Values(whole.b.value())) << name;
    EXPECT_EQ(Values(resumed.average.mean()[0]), Values(whole.average.mean()[0])) << name;
    const State last = whole.Taken(), last_resumed = resumed.Taken();
    EXPECT_EQ(last_resumed.counts, last.counts) << name;
    ASSERT_EQ(last_resumed.tensors.size(), last.tensors.size()) << name;
    for (const auto& [key, tensor] : last.tensors) {
      EXPECT_EQ(Values(last_resumed.tensors.at(key)), Values(tensor)) << name << " " << key;
    }
  }
}

TEST(StateTest, IsPlainAndNamedByItsPlace) {
  std::vector<std::unique_ptr<Optimizer>> parts;
  const Variable p = RandomTensor({3}, 1), q = RandomTensor({2}, 2);
  parts.push_back(Adam({p}, {}));
  parts.push_back(Sgd({q}, {.momentum = 0.5}));
  ParameterGroups groups(std::move(parts));
  groups.Step({p.value(), q.value()});
  State state;
  AddState("", groups, state);
  EXPECT_EQ(state.counts, (std::map<std::string, int64_t>{{"step", 1}, {"group0.step", 1}, {"group1.step", 1}}));
  std::vector<std::string> names;
  for (const auto& [name, tensor] : state.tensors) names.push_back(absl::StrCat(name, " ", ToString(tensor.shape())));
  EXPECT_EQ(names, (std::vector<std::string>{"group0.0.0 [3]", "group0.0.1 [3]", "group1.0.0 [2]"}));
}

TEST(StateTest, WhatDoesNotFitIsNamed) {
  const Variable p = RandomTensor({3}, 1);
  const auto adam = Adam({p}, {});
  adam->Step({p.value()});
  State good;
  AddState("a.", *adam, good);
  const auto refused = [&](const std::function<void(State&)>& change) {
    State state = good;
    change(state);
    const absl::Status status = SetState("a.", state, *Adam({p}, {}));
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
    return std::string(status.message());
  };
  EXPECT_EQ(refused([](State& s) { s.counts.clear(); }), "a.step is missing");
  EXPECT_EQ(refused([](State& s) { s.tensors.erase("a.0.1"); }), "a.0.1 is missing");
  EXPECT_EQ(refused([](State& s) { s.tensors["a.0.1"] = Tensor::Zeros({4}); }),
            "a.0.1 is f32 [4], it should be f32 [3]");
  EXPECT_EQ(refused([](State& s) { s.tensors["a.0.1"] = Tensor::Zeros({3}, DType::kF64); }),
            "a.0.1 is f64 [3], it should be f32 [3]");
  EXPECT_EQ(refused([](State& s) { s.tensors["a.1.0"] = Tensor::Zeros({3}); }), "a.1.0 is not known here");
  EXPECT_EQ(refused([](State& s) { s.counts["a.z"] = 1; }), "a.z is not known here");
  State other = good;
  other.tensors["b.0"] = Tensor::Zeros({1});
  EXPECT_TRUE(SetState("a.", other, *Adam({p}, {})).ok());
}

TEST(StateTest, AStepThatIsCalledOffChangesNothing) {
  for (const auto& [name, make] : Optimizers()) {
    Training training(make);
    training.StepTo(4);
    const std::vector<float> before = Values(training.w.value());
    int calls = 0;
    const bool made = training.optimizer->StepWith([&]() -> std::optional<std::vector<Tensor>> {
      // Sharpness-aware descent asks twice: the second time, the parameters are elsewhere.
      if (name == "sam" && ++calls == 1) return training.GradientsAt(4);
      return std::nullopt;
    });
    EXPECT_FALSE(made) << name;
    EXPECT_EQ(training.optimizer->step(), 4) << name;
    EXPECT_EQ(Values(training.w.value()), before) << name;
  }
}

}  // namespace
}  // namespace dl
