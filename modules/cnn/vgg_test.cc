#include "modules/cnn/vgg.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

// torchvision's counts. Weights of zeros are quick to make.
TEST(VggTest, HaveTheParametersOfTheArchitectures) {
  Random random(1);
  const auto count = [&](VggOptions options) {
    options.initializer = ZeroInit;
    return ParameterCount(VggNet(random, options));
  };
  EXPECT_EQ(count(Vgg(11)), 132863336);
  EXPECT_EQ(count(Vgg(13)), 133047848);
  EXPECT_EQ(count(Vgg(16)), 138357544);
  EXPECT_EQ(count(Vgg(19)), 143667240);
  EXPECT_EQ(count(Vgg(11, true)), 132868840);
  EXPECT_EQ(count(Vgg(13, true)), 133053736);
  EXPECT_EQ(count(Vgg(16, true)), 138365992);
  EXPECT_EQ(count(Vgg(19, true)), 143678248);
  EXPECT_EQ(count(SmallVgg()), 9 * (3 * 64 + 64 * 64 + 64 * 128 + 128 * 128 + 128 * 256 + 256 * 256) +
                                   3 * 2 * (64 + 128 + 256) + (256 * 16 + 1) * 256 + 257 * 10);
}

TEST(VggTest, ParametersAreNamedAsTorchvisionNamesThem) {
  Random random(1);
  const auto names = [&](VggOptions options) {
    for (auto& stage : options.stages) {
      for (int64_t& maps : stage) maps = 2;
    }
    options.hidden = {2, 2};
    options.size = 32;
    std::vector<std::string> names;
    for (const Parameter& parameter : VggNet(random, options).Parameters()) names.push_back(parameter.name);
    return names;
  };
  const std::vector<std::string> plain = names(Vgg(16)), normalised = names(Vgg(16, true));
  ASSERT_EQ(plain.size(), 32u);
  EXPECT_EQ(plain[2], "features.2.weight");
  EXPECT_EQ(plain[25], "features.28.bias");
  EXPECT_EQ(plain[26], "classifier.0.weight");
  EXPECT_EQ(plain[31], "classifier.6.bias");
  EXPECT_EQ(normalised[2], "features.1.weight");
  EXPECT_EQ(normalised[51], "features.41.bias");
}

TEST(VggTest, TheSmallStackTakesSmallImages) {
  Random random(1);
  VggOptions options = SmallVgg();
  EXPECT_EQ(VggNet(random, options).Forward(Tensor::Zeros({2, 3, 32, 32}), {}).shape(), (Shape{2, 10}));
  options.channels = 1;
  options.size = 28;
  EXPECT_EQ(VggNet(random, options).Forward(Tensor::Zeros({2, 1, 28, 28}), {}).shape(), (Shape{2, 10}));
}

TEST(VggDeathTest, SizesMustFit) {
  Random random(1);
  EXPECT_DEATH(Vgg(12), "depth is 12; it must be 11, 13, 16 or 19");
  VggOptions options = Vgg(11);
  options.size = 16;
  EXPECT_DEATH(VggNet(random, options), "side 16 and 5 stages");
}

}  // namespace
}  // namespace dl
