#include "modules/backprop/layer.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/linear.h"

namespace dl {
namespace {

TEST(SequentialTest, NamesParametersByPlace) {
  Random random(1);
  const Sequential model(Linear(4, 3, random), Activation(Elementwise::kTanh), Linear(3, 2, random));
  std::vector<std::string> names;
  for (const Parameter& parameter : model.Parameters()) names.push_back(parameter.name);
  EXPECT_EQ(names, (std::vector<std::string>{"0.weight", "0.bias", "2.weight", "2.bias"}));
  EXPECT_EQ(ParameterCount(model), 4 * 3 + 3 + 3 * 2 + 2);
}

TEST(SequentialTest, ALayerMayHaveAName) {
  Random random(1);
  Sequential model;
  model.Add(Linear(4, 3, random), "hidden").Add(Activation(Elementwise::kReLU)).Add(Linear(3, 2, random), "out");
  EXPECT_EQ(model.Parameters()[2].name, "out.weight");
  EXPECT_EQ(model.Children()[1].name, "1");
}

TEST(SequentialTest, AnObserverHearsOfEveryLayerInsideFirst) {
  struct Names : LayerObserver {
    void AfterForward(const std::string& name, const Layer&, const Variable& x, const Variable& y) override {
      seen.push_back(name + " " + ToString(x.shape()) + " " + ToString(y.shape()));
    }
    std::vector<std::string> seen;
  } names;
  Random random(1);
  Sequential inner;
  inner.Add(Linear(4, 3, random), "dense");
  Sequential model(std::move(inner), Linear(3, 2, random));
  model.Forward(Tensor::Zeros({5, 4}), {.observer = &names});
  EXPECT_EQ(names.seen, (std::vector<std::string>{"0.dense [5, 4] [5, 3]", "0 [5, 4] [5, 3]", "1 [5, 3] [5, 2]"}));
}

TEST(LayerTest, WeightsAndBiasesAreToldApart) {
  Random random(1);
  const Sequential model(Linear(4, 3, random), Linear(3, 2, random));
  ASSERT_EQ(Weights(model).size(), 2u);
  EXPECT_EQ(Weights(model)[1].shape(), (Shape{2, 3}));
  ASSERT_EQ(Biases(model).size(), 2u);
  EXPECT_EQ(Biases(model)[0].shape(), (Shape{3}));
  EXPECT_EQ(Weights(Linear(4, 3, random)).size(), 1u);
}

TEST(SequentialTest, ParametersAreSharedNotCopied) {
  Random random(1);
  Sequential model((Linear(1, 1, random, ZeroInit)));
  EXPECT_EQ(model.Forward(Tensor::Full({1, 1}, 3), {}).value().item(), 0);
  Variables(model)[0].mutable_value() = Tensor::Full({1, 1}, 2);
  EXPECT_EQ(model.Forward(Tensor::Full({1, 1}, 3), {}).value().item(), 6);
}

TEST(SequentialTest, OutputsAreWhatForwardPassesThrough) {
  Random random(1);
  Sequential model(Linear(4, 3, random), Activation(Elementwise::kReLU), Linear(3, 2, random));
  const Variable x = Tensor::Of({1, 4}, {1, 2, -3, 4});
  const std::vector<Variable> outputs = model.Outputs(x, {});
  ASSERT_EQ(outputs.size(), model.layers().size());
  EXPECT_EQ(outputs[0].shape(), (Shape{1, 3}));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(outputs[1].value().data()[i], std::max(outputs[0].value().data()[i], 0.0f));
  }
  for (int i = 0; i < 2; ++i) EXPECT_EQ(outputs[2].value().data()[i], model.Forward(x, {}).value().data()[i]);
}

TEST(SequentialTest, AnImageIsFlattenedForALinearLayer) {
  Random random(1);
  Sequential model((Linear(12, 5, random)));
  EXPECT_EQ(model.Forward(Tensor::Zeros({2, 3, 2, 2}), {}).shape(), (Shape{2, 5}));
}

}  // namespace
}  // namespace dl
