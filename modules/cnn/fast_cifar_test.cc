#include "modules/cnn/fast_cifar.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

Tensor Noise(Shape shape, uint64_t seed) {
  Tensor images(std::move(shape));
  Random random(seed);
  for (int64_t i = 0; i < images.size(); ++i) images.mutable_data()[i] = random.Normal();
  return images;
}

TEST(FastCifarTest, HasTheParametersOfTheArchitecture) {
  Random random(1);
  Sequential net = FastCifar(Noise({20, 3, 32, 32}, 1), random);
  const int64_t filters = 9 * (24 * 64 + 64 * 64 + 64 * 256 + 3 * 256 * 256), norms = 2 * 2 * (64 + 256 + 256);
  EXPECT_EQ(ParameterCount(net), 24 + filters + norms + 2560);
  const std::vector<Variable> outputs = net.Outputs(Noise({2, 3, 32, 32}, 2), {});
  const std::vector<Shape> expected = {{2, 24, 31, 31}, {2, 24, 31, 31}, {2, 64, 15, 15}, {2, 256, 7, 7},
                                       {2, 256, 3, 3},  {2, 256, 1, 1},  {2, 10},         {2, 10}};
  ASSERT_EQ(outputs.size(), expected.size());
  for (size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(outputs[i].shape(), expected[i]) << i;
  EXPECT_FLOAT_EQ(outputs[7].value().data()[3], outputs[6].value().data()[3] / 9);
}

TEST(FastCifarTest, ConvolutionsStartPartlyAsTheIdentity) {
  Random random(1);
  Sequential net = FastCifar(Noise({5, 3, 32, 32}, 1), random);
  auto* group = dynamic_cast<Sequential*>(net.layers()[2].get());
  ASSERT_NE(group, nullptr);
  const Tensor x = Noise({2, 24, 15, 15}, 2), y = ToPlain(group->Outputs(x, {})[0].value());
  ASSERT_EQ(y.shape(), (Shape{2, 64, 15, 15}));
  for (int64_t i = 0; i < 24 * 225; ++i) ASSERT_EQ(y.data()[i], x.data()[i]);
  double sum = 0;
  for (int64_t i = 24 * 225; i < 64 * 225; ++i) sum += std::pow(y.data()[i], 2);
  EXPECT_NEAR(sum / (40 * 225), 1.0 / 3, 0.05);  // uniform in ±1 / sqrt(fan-in): variance 1 / (3 fan-in)
}

TEST(FastCifarTest, ScalesAndWhiteningFiltersStayOutOfTraining) {
  Random random(1);
  const Sequential net = FastCifar(Noise({5, 3, 32, 32}, 1), random);
  const FastCifarParameters parts = FastCifarParametersOf(net);
  EXPECT_EQ(parts.shifts.size(), 6u);
  EXPECT_EQ(parts.others.size(), 7u);  // six convolutions and the head
  ASSERT_EQ(parts.whitening_bias.size(), 1u);
  EXPECT_EQ(parts.whitening_bias[0].shape(), (Shape{24}));
  for (const Variable& shift : parts.shifts) EXPECT_EQ(shift.value().values()[0], 0.0f);
  EXPECT_EQ(net.Buffers()[0].name, "whiten.weight");
}

TEST(FastCifarTest, TakesOtherImages) {
  Random random(1);
  Sequential net = FastCifar(Noise({5, 1, 28, 28}, 1), random, {.classes = 7, .widths = {8, 8, 8}});
  EXPECT_EQ(net.Forward(Noise({2, 1, 28, 28}, 2), {}).shape(), (Shape{2, 7}));
}

}  // namespace
}  // namespace dl
