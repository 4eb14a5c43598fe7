#include "modules/cnn/resnet.h"

#include "gtest/gtest.h"
#include "modules/cnn/summary.h"

namespace dl {
namespace {

// The counts of akamaster/pytorch_resnet_cifar10's README, whose networks are the paper's; option A has none in its
// shortcuts.
TEST(ResNetTest, HasTheParametersOfTheArchitecture) {
  Random random(1);
  const auto millions = [&](int64_t depth) {
    return static_cast<double>(ParameterCount(ResNet(random, CifarResNet(depth)))) / 1e6;
  };
  EXPECT_EQ(ParameterCount(ResNet(random, CifarResNet(20))), 269722);
  EXPECT_NEAR(millions(32), 0.46, 0.005);
  EXPECT_NEAR(millions(44), 0.66, 0.005);
  EXPECT_NEAR(millions(56), 0.85, 0.005);
  EXPECT_EQ(ParameterCount(ResNet(random, ResNet18())), 11173962);
}

// torchvision's counts.
TEST(ResNetTest, HasTheParametersOfTheImageNetNetworks) {
  Random random(1);
  const std::vector<std::pair<int64_t, int64_t>> published = {
      {18, 11689512}, {34, 21797672}, {50, 25557032}, {101, 44549160}, {152, 60192808}};
  for (const auto& [depth, parameters] : published) {
    EXPECT_EQ(ParameterCount(ResNet(random, ImageNetResNet(depth))), parameters) << depth;
  }
}

// The field says where the strides are: that of torchvision's ResNet-50, whose bottlenecks have theirs in the middle,
// is 427; with the strides in front it would be smaller.
TEST(ResNetTest, LargeImagesShrinkThirtyTwofold) {
  Random random(1);
  Sequential net = ResNet(random, ImageNetResNet(50));
  const ModelSummary summary = Summary(net, {3, 64, 96});
  EXPECT_EQ(summary.total.output, (Shape{1000}));
  for (const LayerSummary& layer : summary.layers) {
    if (layer.path != "layer4.2.conv3") continue;
    EXPECT_EQ(layer.output, (Shape{2048, 2, 3}));
    EXPECT_EQ(layer.field->size, 427);
    return;
  }
  FAIL() << "no layer4.2.conv3";
}

TEST(ResNetTest, BottlenecksAreNamedAsTorchvisionNamesThem) {
  Random random(1);
  const auto names = [&](const ResNetOptions& options) {
    std::vector<std::string> names;
    const Sequential net = ResNet(random, options);
    for (const Parameter& parameter : net.Parameters()) {
      if (parameter.name.rfind("layer", 0) != 0 || parameter.name.rfind("layer1.0", 0) == 0) {
        names.push_back(parameter.name);
      }
    }
    return names;
  };
  EXPECT_EQ(names(ImageNetResNet(50)),
            (std::vector<std::string>{
                "conv1.weight", "bn1.weight", "bn1.bias", "layer1.0.conv1.weight", "layer1.0.bn1.weight",
                "layer1.0.bn1.bias", "layer1.0.conv2.weight", "layer1.0.bn2.weight", "layer1.0.bn2.bias",
                "layer1.0.conv3.weight", "layer1.0.bn3.weight", "layer1.0.bn3.bias", "layer1.0.downsample.0.weight",
                "layer1.0.downsample.1.weight", "layer1.0.downsample.1.bias", "fc.weight", "fc.bias"}));
  EXPECT_EQ(names(CifarResNet(20)).back(), "linear.bias");  // as pytorch_resnet_cifar10 has it
}

TEST(ResNetTest, HalvesTheMapsAndEndsInLogits) {
  Random random(1);
  for (const Shortcut shortcut : {Shortcut::kProjection, Shortcut::kPadding, Shortcut::kNone}) {
    Sequential net = ResNet(random, CifarResNet(8, shortcut));
    EXPECT_EQ(net.Forward(Tensor::Zeros({2, 3, 32, 32}), {.training = true}).shape(), (Shape{2, 10}));
    EXPECT_EQ(net.Outputs(Tensor::Zeros({2, 3, 32, 32}), {})[4].shape(), (Shape{2, 64, 8, 8}));
  }
}

TEST(ResNetTest, IsNamedAsTorchvisionNamesIt) {
  Random random(1);
  const Sequential net = ResNet(random, {.widths = {16, 32}, .blocks = {1, 1}});
  std::vector<std::string> names;
  for (const Parameter& parameter : net.Parameters()) names.push_back(parameter.name);
  EXPECT_EQ(names, (std::vector<std::string>{"conv1.weight",
                                             "bn1.weight",
                                             "bn1.bias",
                                             "layer1.0.conv1.weight",
                                             "layer1.0.bn1.weight",
                                             "layer1.0.bn1.bias",
                                             "layer1.0.conv2.weight",
                                             "layer1.0.bn2.weight",
                                             "layer1.0.bn2.bias",
                                             "layer2.0.conv1.weight",
                                             "layer2.0.bn1.weight",
                                             "layer2.0.bn1.bias",
                                             "layer2.0.conv2.weight",
                                             "layer2.0.bn2.weight",
                                             "layer2.0.bn2.bias",
                                             "layer2.0.downsample.0.weight",
                                             "layer2.0.downsample.1.weight",
                                             "layer2.0.downsample.1.bias",
                                             "fc.weight",
                                             "fc.bias"}));
  EXPECT_EQ(net.Buffers()[0].name, "bn1.running_mean");
}

TEST(ResNetDeathTest, DepthMustFit) {
  EXPECT_DEATH(CifarResNet(21), "depth is 21, it must be 6 n \\+ 2");
  EXPECT_DEATH(ImageNetResNet(20), "depth is 20; it must be 18, 34, 50, 101 or 152");
}

}  // namespace
}  // namespace dl
