#include "modules/cnn/squeezenet.h"

#include "gtest/gtest.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

std::vector<std::string> Names(const Layer& layer) {
  std::vector<std::string> names;
  for (const Parameter& parameter : layer.Parameters()) names.push_back(parameter.name);
  return names;
}

// torchvision's counts.
TEST(SqueezeNetTest, HasTheParametersOfTheArchitecture) {
  Random random(1);
  EXPECT_EQ(ParameterCount(SqueezeNet(random)), 1248424);
  EXPECT_EQ(ParameterCount(SqueezeNet(random, {.version = SqueezeNetVersion::k1_1})), 1235496);
}

TEST(SqueezeNetTest, IsNamedAsTorchvisionNamesIt) {
  Random random(1);
  const auto fires = [](std::vector<int> places) {
    std::vector<std::string> names = {"features.0.weight", "features.0.bias"};
    for (int place : places) {
      for (const char* part : {"squeeze", "expand1x1", "expand3x3"}) {
        const std::string stem = "features." + std::to_string(place) + "." + part;
        names.insert(names.end(), {stem + ".weight", stem + ".bias"});
      }
    }
    names.insert(names.end(), {"classifier.1.weight", "classifier.1.bias"});
    return names;
  };
  EXPECT_EQ(Names(SqueezeNet(random)), fires({3, 4, 5, 7, 8, 9, 10, 12}));
  EXPECT_EQ(Names(SqueezeNet(random, {.version = SqueezeNetVersion::k1_1})), fires({3, 4, 6, 7, 9, 10, 11, 12}));
}

// The sizes that torchvision's maps have for images of 224: windows that hang over the edge count.
TEST(SqueezeNetTest, PoolsRoundUp) {
  Random random(1);
  const auto sides = [&](SqueezeNetVersion version) {
    Sequential net = SqueezeNet(random, {.version = version});
    auto& features = dynamic_cast<Sequential&>(*net.layers()[0]);
    std::vector<int64_t> sides;
    for (const Variable& y : features.Outputs(Tensor::Zeros({1, 3, 224, 224}), {})) {
      if (sides.empty() || sides.back() != y.shape()[2]) sides.push_back(y.shape()[2]);
    }
    return sides;
  };
  EXPECT_EQ(sides(SqueezeNetVersion::k1_0), (std::vector<int64_t>{109, 54, 27, 13}));
  EXPECT_EQ(sides(SqueezeNetVersion::k1_1), (std::vector<int64_t>{111, 55, 27, 13}));
}

TEST(SqueezeNetTest, TakesTheSmallestImages) {
  Random random(1);
  Sequential net = SqueezeNet(random, {.inputs = 1, .classes = 7});
  EXPECT_EQ(net.Forward(Tensor::Zeros({2, 1, 29, 31}), {}).shape(), (Shape{2, 7}));
  Sequential newer = SqueezeNet(random, {.classes = 7, .version = SqueezeNetVersion::k1_1});
  EXPECT_EQ(newer.Forward(Tensor::Zeros({2, 3, 25, 25}), {}).shape(), (Shape{2, 7}));
}

// The 1x1 half of the outputs comes first; nothing negative leaves the module.
TEST(FireTest, ExpandsByTwoWays) {
  Random random(1);
  Fire fire({.inputs = 3, .squeeze = 2, .expand = 4}, random);
  for (Parameter& parameter : fire.Parameters()) {
    if (parameter.name == "expand3x3.weight") parameter.variable.mutable_value() = Tensor::Zeros({4, 2, 3, 3});
    if (parameter.name == "expand3x3.bias") parameter.variable.mutable_value() = Tensor::Full({4}, 5);
    if (parameter.name == "expand1x1.bias") parameter.variable.mutable_value() = Tensor::Full({4}, -100);
  }
  const Tensor y = ToPlain(fire.Forward(testing::RandomTensor({1, 3, 4, 6}, 1), {}).value());
  ASSERT_EQ(y.shape(), (Shape{1, 8, 4, 6}));
  for (int64_t i = 0; i < y.size(); ++i) ASSERT_EQ(y.data()[i], i < y.size() / 2 ? 0.0f : 5.0f) << i;
}

}  // namespace
}  // namespace dl
