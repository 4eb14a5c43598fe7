// Values and gradients of every operation are checked by the op table, in experiments/op_table_test.cc; here stands
// what it does not say.
#include "modules/backprop/ops.h"

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

TEST(OpsTest, OperatorsAreTheirFunctions) {
  const Variable a = Tensor::Scalar(6), b = Tensor::Scalar(4);
  EXPECT_EQ((a + b).value().item(), 10);
  EXPECT_EQ((a - b).value().item(), 2);
  EXPECT_EQ((a * b).value().item(), 24);
  EXPECT_EQ((a / b).value().item(), 1.5);
}

TEST(OpsTest, ReductionsKeepTheirAxesOnRequest) {
  const Variable x = testing::RandomTensor({4, 5, 2}, 1);
  EXPECT_EQ(Reduce(Reduction::kMax, x, {1}).shape(), (Shape{4, 2}));
  EXPECT_EQ(Reduce(Reduction::kMax, x, {1}, /*keep_dims=*/true).shape(), (Shape{4, 1, 2}));
  EXPECT_EQ(Sum(x).shape(), Shape{});
  EXPECT_EQ(Mean(x).shape(), Shape{});
}

TEST(OpsTest, FlatteningKeepsTheRows) {
  EXPECT_EQ(Flatten(Tensor::Zeros({4, 5, 2})).shape(), (Shape{4, 10}));
  EXPECT_EQ(Flatten(Tensor::Zeros({0, 5})).shape(), (Shape{0, 0}));
}

TEST(OpsDeathTest, AScalarHasNoRows) { EXPECT_DEATH(Flatten(Tensor::Scalar(1)), "a scalar has no rows"); }

TEST(OpsTest, ConcatJoinsAndSplitsTheGradient) {
  const Variable a = testing::RandomTensor({2, 3}, 1), b = testing::RandomTensor({2, 4}, 2);
  const Variable joined = Concat({a, b}, 1);
  EXPECT_EQ(joined.shape(), (Shape{2, 7}));
  const Tensor dy = testing::RandomTensor({2, 7}, 3);
  const auto gradients = Gradients(Sum(joined * Variable(dy)), {a, b});
  for (int row = 0; row < 2; ++row) {
    for (int j = 0; j < 7; ++j) {
      EXPECT_EQ(joined.value().data()[row * 7 + j],
                j < 3 ? a.value().data()[row * 3 + j] : b.value().data()[row * 4 + j - 3]);
      EXPECT_EQ(dy.data()[row * 7 + j],
                j < 3 ? gradients[0].data()[row * 3 + j] : gradients[1].data()[row * 4 + j - 3]);
    }
  }
}

}  // namespace
}  // namespace dl
