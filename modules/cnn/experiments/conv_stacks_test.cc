#include "modules/cnn/experiments/conv_stacks.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/cnn/effective_receptive_field.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// The influence of a stack, averaged over `draws` sets of weights.
Tensor Measured(const std::string& kind, int64_t depth, int draws) {
  const int64_t side = 2 * depth + 1;
  Tensor sum = Tensor::Zeros({side, side}, DType::kF64);
  for (int draw = 0; draw < draws; ++draw) {
    Random random(draw);
    const ConvStack stack(kind, depth, 16, random);
    const Tensor one = CenterInfluence(stack, testing::RandomTensor({4, stack.channels(), side, side}, draw), random);
    for (int64_t i = 0; i < sum.size(); ++i) sum.mutable_data_f64()[i] += one.data_f64()[i];
  }
  return sum;
}

TEST(ConvStacksTest, SpreadAsTheoryExpects) {
  for (const std::string& kind : ConvStackKinds()) {
    for (int64_t depth : {1, 3, 8}) {
      const double expected = SizeOf(ExpectedInfluence(kind, depth)).spread;
      EXPECT_NEAR(SizeOf(Measured(kind, depth, 6)).spread / expected, 1, kind == "uniform" ? 1e-5 : 0.06)
          << kind << " " << depth;
    }
  }
}

TEST(ConvStacksTest, UniformWeightsAddVariances) {
  EXPECT_NEAR(SizeOf(ExpectedInfluence("uniform", 12)).spread, std::sqrt(12 * 2.0 / 3), 1e-12);
}

// Of a normal distribution, the root is one of twice the variance: with random weights deep stacks see √2 as far. The
// way round halves the variance again.
TEST(ConvStacksTest, RandomWeightsSeeFartherAndWaysRoundLess) {
  const double uniform = SizeOf(ExpectedInfluence("uniform", 30)).spread;
  EXPECT_NEAR(SizeOf(ExpectedInfluence("relu", 30)).spread / uniform, std::sqrt(2.0), 0.03);
  EXPECT_NEAR(SizeOf(ExpectedInfluence("residual", 30)).spread / uniform, 1, 0.05);
}

}  // namespace
}  // namespace dl
