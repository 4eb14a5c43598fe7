#include "modules/cnn/batch_norm.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

Tensor Buffer(const Layer& layer, int i) { return layer.Buffers()[i].variable.value(); }

TEST(BatchNorm2dTest, RunningStatisticsMoveByMomentumAndWithoutBias) {
  BatchNorm2d norm(1, {.momentum = 0.25});
  norm.Forward(Tensor::Of({4, 1}, {1, 2, 3, 6}), {.training = true});  // mean 3, squared distances 4 + 1 + 0 + 9
  EXPECT_FLOAT_EQ(Buffer(norm, 0).data()[0], 0.25f * 3);
  EXPECT_FLOAT_EQ(Buffer(norm, 1).data()[0], 0.75f * 1 + 0.25f * 14 / 3);
  norm.Forward(Tensor::Of({4, 1}, {1, 2, 3, 6}), {});  // evaluation gathers nothing
  EXPECT_FLOAT_EQ(Buffer(norm, 0).data()[0], 0.75f);
}

TEST(BatchNorm2dTest, EvaluationUsesTheRunningStatistics) {
  BatchNorm2d norm(1, {.epsilon = 0, .momentum = 1});
  norm.Forward(Tensor::Of({4, 1}, {1, 2, 3, 6}), {.training = true});
  const Tensor y = norm.Forward(Tensor::Of({1, 1}, {5}), {}).value();
  EXPECT_FLOAT_EQ(y.item(), (5 - 3) / std::sqrt(14.0f / 3));
}

// In training an example's output depends on who else is in the batch, and in evaluation it does not.
TEST(BatchNorm2dTest, OnlyTrainingMixesExamples) {
  BatchNorm2d norm(2);
  const Tensor one = testing::RandomTensor({1, 2, 3, 3}, 1);
  Tensor two({2, 2, 3, 3});
  std::copy_n(one.data(), one.size(), two.mutable_data());
  std::fill_n(two.mutable_data() + one.size(), one.size(), 10.0f);
  const auto first = [&](const Tensor& x, bool training) {
    return ToPlain(norm.Forward(x, {.training = training}).value()).data()[0];
  };
  EXPECT_EQ(first(one, false), first(two, false));
  EXPECT_GT(std::abs(first(one, true) - first(two, true)), 0.1);
}

// The average over small batches of what they say of the variance is the same as that over large ones, thanks to the
// n / (n - 1): a network may be evaluated whatever its batches were.
TEST(BatchNorm2dTest, RunningVarianceDoesNotDependOnTheBatchSize) {
  const auto variance = [](int64_t batch) {
    BatchNorm2d norm(1, {.momentum = 0.01});
    Random random(1);
    for (int step = 0; step < 2000; ++step) {
      Tensor x({batch, 1});
      for (int64_t i = 0; i < batch; ++i) x.mutable_data()[i] = 2 * random.Normal();
      norm.Forward(x, {.training = true});
    }
    return Buffer(norm, 1).data()[0];
  };
  // The mean of about 100 batches of 2: the standard deviation of one is 4 sqrt(2), of their mean 0.4.
  EXPECT_NEAR(variance(2), 4, 5 * 0.4);
  EXPECT_NEAR(variance(64), 4, 5 * 0.05);
  EXPECT_GT(variance(2), 4 - 3 * 0.4);  // without the correction it would be 2
}

}  // namespace
}  // namespace dl
