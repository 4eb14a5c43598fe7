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

// Statistics used and statistics gathered, in every mixture: y of 1 tells whose statistics were used.
TEST(BatchNorm2dTest, ModesChooseStatisticsAndGathering) {
  const Tensor x = Tensor::Of({4, 1}, {1, 2, 3, 6});  // mean 3, variance 14 / 4, without bias 14 / 3
  const float by_batch = -2 / std::sqrt(14.0f / 4), by_start = 1, by_gathered = -2 / std::sqrt(14.0f / 3);
  for (const bool training : {false, true}) {
    for (const bool batch : {false, true}) {
      for (const bool gather : {false, true}) {
        BatchNorm2d norm(1, {.epsilon = 0});
        norm.set_mode({.batch_statistics = batch ? When::kAlways : When::kNever,
                       .gather = gather ? When::kAlways : When::kNever,
                       .momentum = 1});
        const Tensor y = norm.Forward(x, {.training = training}).value();
        EXPECT_FLOAT_EQ(y.data()[0], batch ? by_batch : gather ? by_gathered : by_start) << batch << gather;
        EXPECT_FLOAT_EQ(Buffer(norm, 0).data()[0], gather ? 3 : 0) << batch << gather;
        EXPECT_FLOAT_EQ(Buffer(norm, 1).data()[0], gather ? 14.0f / 3 : 1) << batch << gather;
      }
    }
  }
}

TEST(BatchNorm2dTest, TheEndOfABlockGoesByTheModeToo) {
  const Tensor x = testing::RandomTensor({4, 2, 3, 3}, 1), around = testing::RandomTensor({4, 2, 3, 3}, 2);
  for (const When batch : {When::kAlways, When::kNever}) {
    for (const When gather : {When::kAlways, When::kNever}) {
      BatchNorm2d fused(2), apart(2);
      for (BatchNorm2d* norm : {&fused, &apart}) norm->set_mode({.batch_statistics = batch, .gather = gather});
      const Tensor y = fused.ForwardAddReLU(x, around, {.training = batch == When::kNever}).value();
      const Tensor expected = AddReLU(apart.Forward(x, {}), around).value();
      for (int64_t i = 0; i < y.size(); ++i) EXPECT_NEAR(y.data()[i], expected.data()[i], 1e-6);
      for (int i = 0; i < 2; ++i) EXPECT_EQ(Buffer(fused, i).data()[1], Buffer(apart, i).data()[1]);
    }
  }
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
