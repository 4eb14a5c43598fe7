#include "modules/cnn/summary.h"

#include "gtest/gtest.h"
#include "modules/backprop/linear.h"
#include "modules/backprop/ops.h"
#include "modules/cnn/all_conv.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/lenet.h"
#include "modules/cnn/resnet.h"
#include "modules/cnn/vgg.h"

namespace dl {
namespace {

TEST(SummaryTest, LeNetLayerByLayer) {
  Random random(1);
  Sequential lenet = LeNet5(random);
  const ModelSummary summary = Summary(lenet, {1, 28, 28});
  ASSERT_EQ(summary.layers.size(), 11u);
  const LayerSummary& conv = summary.layers[0];
  EXPECT_EQ(conv.path, "0");
  EXPECT_EQ(conv.kind, "Conv2d");
  EXPECT_EQ(conv.output, (Shape{6, 28, 28}));
  EXPECT_EQ(conv.parameters, 156);
  EXPECT_EQ(conv.multiply_adds, 6 * 28 * 28 * 25);
  EXPECT_EQ(conv.flops, 2 * conv.multiply_adds);
  EXPECT_EQ(conv.activation_bytes, 6 * 28 * 28 * 4);
  EXPECT_EQ(conv.field->size, 5);
  EXPECT_EQ(summary.layers[1].kind, "MaxPool2d");
  EXPECT_EQ(summary.layers[1].flops, 6 * 28 * 28);  // each input is looked at
  EXPECT_EQ(summary.layers[2].flops, 6 * 14 * 14);  // each output is computed
  const LayerSummary& dense = summary.layers[6];
  EXPECT_EQ(dense.output, (Shape{120}));
  EXPECT_EQ(dense.multiply_adds, 400 * 120);
  EXPECT_EQ(dense.activation_bytes, 120 * 4);
  EXPECT_FALSE(dense.field.has_value());
  EXPECT_EQ(summary.total.parameters, 61706);
  EXPECT_EQ(summary.total.multiply_adds, 6 * 28 * 28 * 25 + 16 * 10 * 10 * 150 + 400 * 120 + 120 * 84 + 84 * 10);
  EXPECT_EQ(summary.total.output, (Shape{10}));
  EXPECT_EQ(summary.total.field->size, 16);
}

// torchvision's counts: 15.47 G multiply-adds for an image of 224 by 224.
TEST(SummaryTest, Vgg16) {
  Random random(1);
  VggOptions options = Vgg(16);
  options.initializer = ZeroInit;
  Sequential vgg = VggNet(random, options);
  const ModelSummary summary = Summary(vgg, {3, 224, 224});
  EXPECT_EQ(summary.total.parameters, 138357544);
  EXPECT_EQ(summary.total.multiply_adds, 15470264320);
  EXPECT_EQ(summary.total.field->size, 212);
  EXPECT_EQ(summary.layers.front().path, "features.0");
  EXPECT_EQ(summary.layers.back().path, "classifier.6");
}

TEST(SummaryTest, AResidualBlockAddsItsSumAndItsPadding) {
  Random random(1);
  Sequential net = ResNet(random, CifarResNet(20));
  const ModelSummary summary = Summary(net, {3, 32, 32});
  EXPECT_EQ(summary.total.parameters, 269722);
  EXPECT_NEAR(static_cast<double>(summary.total.multiply_adds), 40.8e6,
              0.5e6);  // 0.041 G, as the paper's kin are given
  const auto row = [&](const std::string& path) {
    for (const LayerSummary& layer : summary.layers) {
      if (layer.path == path) return layer;
    }
    return LayerSummary();
  };
  EXPECT_EQ(row("layer1.0").kind, "ResidualBlock");
  EXPECT_EQ(row("layer1.0").flops, 16 * 32 * 32);
  EXPECT_EQ(row("layer1.0").parameters, 0);
  EXPECT_EQ(row("layer2.0").multiply_adds, 32 * 16 * 16 * 16);  // padding is done by a fixed 1x1 convolution
  EXPECT_EQ(row("layer1").kind, "");                            // adds nothing of its own
  EXPECT_EQ(row("layer3.2").field->size, 81);
}

// A layer of a child, twice.
class Twice : public Layer {
 public:
  explicit Twice(Random& random) : child_(5, 5, random) {}
  Variable Forward(const Variable& x, const Pass& pass) override {
    const NamedLayer child = Children()[0];
    return child.Forward(child.Forward(x, pass), pass);
  }
  std::vector<NamedLayer> Children() const override { return {{"child", &child_}}; }

 private:
  mutable Linear child_;
};

TEST(SummaryTest, ASharedLayerHoldsOnceAndWorksTwice) {
  Random random(1);
  Twice twice(random);
  const ModelSummary summary = Summary(twice, {5});
  ASSERT_EQ(summary.layers.size(), 2u);
  EXPECT_EQ(summary.layers[0].parameters, 30);
  EXPECT_EQ(summary.layers[1].parameters, 0);
  EXPECT_EQ(summary.total.parameters, 30);
  EXPECT_EQ(summary.total.multiply_adds, 50);
}

TEST(SummaryTest, ANetworkOfOneLayer) {
  Random random(1);
  Conv2d conv(3, 4, 3, random, {.groups = 1, .bias = false});
  const ModelSummary summary = Summary(conv, {3, 8, 8});
  ASSERT_EQ(summary.layers.size(), 1u);
  EXPECT_EQ(summary.layers[0].kind, "Conv2d");
  EXPECT_EQ(summary.total.multiply_adds, 4 * 6 * 6 * 27);
}

TEST(SummaryTest, DropoutCostsNothingInEvaluation) {
  Random random(1);
  Sequential net = AllConv(random, {.first = 2, .second = 2});
  const ModelSummary summary = Summary(net, {3, 32, 32});
  EXPECT_EQ(summary.layers[0].kind, "Dropout");
  EXPECT_EQ(summary.layers[0].flops, 0);
  EXPECT_EQ(summary.total.parameters, ParameterCount(net));
}

}  // namespace
}  // namespace dl
