#include "modules/transfer/tent.h"

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/linear.h"
#include "modules/primitives/testing.h"
#include "modules/transfer/prediction_entropy.h"

namespace dl {
namespace {

Sequential Net() {
  Random random(1);
  return Sequential(Linear(6, 8, random), BatchNorm2d(8, {.relu = true}), Linear(8, 8, random), BatchNorm2d(8),
                    Linear(8, 4, random));
}

std::vector<Tensor> Values(const std::vector<Parameter>& parameters) {
  std::vector<Tensor> values;
  for (const Parameter& parameter : parameters) values.push_back(parameter.variable.value());
  return values;
}

bool Same(const Tensor& a, const Tensor& b) { return a.values() == b.values(); }

TEST(TentTest, OnlyScalesAndShiftsMoveAndEntropyFalls) {
  Sequential net = Net();
  const std::vector<Parameter> parameters = net.Parameters();
  const std::vector<Tensor> before = Values(parameters), buffers = Values(net.Buffers());
  const Tensor x = testing::RandomTensor({32, 6}, 2);
  const auto make = [](std::vector<Variable> p) { return Adam(std::move(p), {.rate = Constant(1e-2)}); };
  {
    Tent tent(net, make);
    const double first = PredictionEntropy(tent.Adapt(x)).value().item();
    for (int step = 0; step < 50; ++step) tent.Adapt(x);
    EXPECT_LT(PredictionEntropy(tent.Adapt(x)).value().item(), 0.7 * first);
  }
  for (size_t i = 0; i < parameters.size(); ++i) {
    const bool of_norm = parameters[i].name.starts_with("1.") || parameters[i].name.starts_with("3.");
    EXPECT_EQ(!Same(parameters[i].variable.value(), before[i]), of_norm) << parameters[i].name;
  }
  for (size_t i = 0; i < buffers.size(); ++i) EXPECT_TRUE(Same(net.Buffers()[i].variable.value(), buffers[i]));
}

// One step of plain descent moves each parameter by -rate times its gradient under batch statistics, and the logits
// that are returned are those from before it.
TEST(TentTest, AStepIsDownTheEntropyOfTheBatch) {
  Sequential net = Net(), twin = Net();
  const Tensor x = testing::RandomTensor({16, 6}, 3);
  const Variable logits = twin.Forward(x, {.training = true});
  const std::vector<Variable> expected = ScalesAndShifts(twin);
  const auto descent = Sgd(expected, {.rate = Constant(0.5)});
  descent->Step(Gradients(PredictionEntropy(logits), expected));
  Tent tent(net, [](std::vector<Variable> p) { return Sgd(std::move(p), {.rate = Constant(0.5)}); });
  EXPECT_TRUE(Same(tent.Adapt(x), logits.value()));
  const std::vector<Variable> actual = ScalesAndShifts(net);
  ASSERT_EQ(actual.size(), 4u);
  for (size_t i = 0; i < 4; ++i) EXPECT_TRUE(Same(actual[i].value(), expected[i].value())) << i;
}

TEST(TentDeathTest, AModelWithoutBatchNormalisation) {
  Random random(1);
  Linear model(2, 2, random);
  EXPECT_DEATH(Tent(model, [](std::vector<Variable> p) { return Adam(std::move(p), {}); }), "no batch normalisation");
}

}  // namespace
}  // namespace dl
