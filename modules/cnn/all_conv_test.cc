#include "modules/cnn/all_conv.h"

#include "gtest/gtest.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

TEST(AllConvTest, HasTheParametersOfTheArchitecture) {
  Random random(1);
  Sequential net = AllConv(random);
  EXPECT_EQ(ParameterCount(net), 1369738);
  EXPECT_EQ(ParameterCount(AllConv(random, {.classes = 100})), 1387108);  // as DeepOBS counts cifar100_allcnnc
  const std::vector<Variable> outputs = net.Outputs(Tensor::Zeros({2, 3, 32, 32}), {});
  EXPECT_EQ(outputs[outputs.size() - 2].shape(), (Shape{2, 10, 6, 6}));  // what the paper averages
  EXPECT_EQ(outputs.back().shape(), (Shape{2, 10}));
}

TEST(AllConvTest, LogitsAreF32BesideBf16Activations) {
  Random random(1);
  Sequential net = AllConv(random, {.first = 4, .second = 4});
  if (!__builtin_cpu_supports("avx512bw")) GTEST_SKIP() << "oneDNN computes in bf16 on AVX-512 only";
  const Tensor x = Cast(Tensor::Full({2, 3, 32, 32}, 1), DType::kBF16);
  EXPECT_EQ(net.Forward(x, {}).value().dtype(), DType::kF32);
}

TEST(AllConvTest, DropsPixelsAndMapsInTrainingOnly) {
  Random random(1);
  Sequential net = AllConv(random, {.first = 4, .second = 4});
  const Variable x = Tensor::Full({2, 3, 32, 32}, 1);
  const Variable y = net.Outputs(x, {.training = true, .random = &random})[0];
  EXPECT_NE(y.id(), x.id());
  EXPECT_EQ(net.Outputs(x, {})[0].id(), x.id());
}

}  // namespace
}  // namespace dl
