#include "modules/cnn/experiments/pooled_net.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

// The outputs of the stages on images of ones.
std::vector<Shape> StagesOf(const PooledNetOptions& options) {
  Random random(1);
  Sequential net = PooledNet(random, options);
  const Shape x = {2, options.image[0], options.image[1], options.image[2]};
  const std::vector<Variable> outputs = net.Outputs(Variable(Tensor::Full(x, 1)), {});
  const std::vector<NamedLayer> layers = net.Children();
  std::vector<Shape> stages;
  for (size_t i = 0; i < layers.size(); ++i) {
    if (layers[i].name.starts_with("stage")) stages.push_back(outputs[i].shape());
  }
  EXPECT_EQ(outputs.back().shape(), (Shape{2, options.classes}));
  return stages;
}

TEST(PooledNetTest, EachStageHalvesHoweverItPools) {
  for (const std::string& pooling : PoolingNames()) {
    for (const std::string& head : HeadNames()) {
      const std::vector<Shape> stages =
          StagesOf({.image = {3, 16, 16}, .classes = 4, .widths = {5, 6}, .pooling = pooling, .head = head});
      EXPECT_EQ(stages, (std::vector<Shape>{{2, 5, 8, 8}, {2, 6, 4, 4}})) << pooling << ", " << head;
    }
  }
}

TEST(PooledNetTest, PoolingHasNoParametersAndTheGlobalHeadFew) {
  const auto count = [](const std::string& pooling, const std::string& head) {
    Random random(1);
    return ParameterCount(PooledNet(random, {.pooling = pooling, .head = head}));
  };
  const int64_t convolutions = 9 * (3 * 8 + 8 * 16 + 16 * 32) + 2 * (8 + 16 + 32);
  for (const std::string& pooling : PoolingNames()) {
    EXPECT_EQ(count(pooling, "flatten"), convolutions + 32 * 16 * 10 + 10) << pooling;
    EXPECT_EQ(count(pooling, "global"), convolutions + 32 * 10 + 10) << pooling;
  }
}

TEST(PooledNetTest, EachPoolingMakesANetworkOfItsOwn) {
  Random pixels(7);
  Tensor x({1, 3, 32, 32});
  for (int64_t i = 0; i < x.size(); ++i) x.mutable_data()[i] = pixels.Uniform();
  std::vector<float> first;  // logits
  for (const std::string& pooling : PoolingNames()) {
    Random random(1);
    Sequential net = PooledNet(random, {.pooling = pooling});
    first.push_back(net.Forward(Variable(x), {}).value().data()[0]);
    for (size_t k = 0; k + 1 < first.size(); ++k) EXPECT_NE(first.back(), first[k]) << pooling;
  }
}

TEST(PooledNetDeathTest, UnknownNamesAndOddSidesStopTheProgram) {
  Random random(1);
  EXPECT_DEATH(PooledNet(random, {.pooling = "min"}), "pooling 'min', head 'flatten'");
  EXPECT_DEATH(PooledNet(random, {.image = {1, 28, 28}}), "the side must be a multiple of 8");
}

}  // namespace
}  // namespace dl
