#include "modules/transfer/batch_norm_adaptation.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/linear.h"
#include "modules/cnn/batch_norm.h"
#include "modules/cnn/dropout.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

Dataset Numbers(const std::vector<float>& values) {
  return {.name = "numbers",
          .example_shape = {1},
          .values = values,
          .labels = std::vector<int32_t>(values.size()),
          .class_names = {"a"}};
}

float Buffer(const Layer& layer, int i) { return layer.Buffers()[i].variable.value().item(); }

// Batches (1, 3), (5, 9) and (20), of variances 2, 8 and 0 without bias. The second normalisation sees (-1, 1) of both
// pairs, of variance 2, and one 0.
TEST(BatchNormAdaptationTest, StatisticsAreAveragedOverTheExamples) {
  Sequential net(BatchNorm2d(1, {.epsilon = 0}), BatchNorm2d(1, {.epsilon = 0}));
  net.Forward(Tensor::Of({2, 1}, {-70, 50}), {.training = true});  // forgotten
  const Dataset data = Numbers({1, 3, 5, 9});
  ReestimateBatchNorm(net, Batches::InOrder(data, {.batch_size = 2}));
  EXPECT_FLOAT_EQ(Buffer(net, 0), 4.5f);
  EXPECT_FLOAT_EQ(Buffer(net, 1), 5);
  EXPECT_NEAR(Buffer(net, 2), 0, 1e-7);
  EXPECT_FLOAT_EQ(Buffer(net, 3), 2);
  BatchNorm2d uneven(1);
  const Dataset five = Numbers({1, 3, 5, 9, 20});
  ReestimateBatchNorm(uneven, Batches::InOrder(five, {.batch_size = 2}));
  EXPECT_FLOAT_EQ(Buffer(uneven, 0), 38 / 5.0f);
  EXPECT_FLOAT_EQ(Buffer(uneven, 1), (2 * 2 + 2 * 8 + 0) / 5.0f);
  EXPECT_EQ(uneven.mode().gather, When::kInTraining);
}

// A network whose features are all moved and stretched answers as before, once it has the moved ones' statistics.
TEST(BatchNormAdaptationTest, AShiftOfTheInputsIsUndone) {
  Random random(1);
  Sequential net(BatchNorm2d(4), Linear(4, 3, random));
  const Tensor x = testing::RandomTensor({64, 4}, 1);
  std::vector<float> source(x.data(), x.data() + x.size()), target;
  for (const float v : source) target.push_back(3 * v + 7);
  const auto dataset = [](std::vector<float> values) {
    return Dataset{.name = "rows",
                   .example_shape = {4},
                   .values = std::move(values),
                   .labels = std::vector<int32_t>(64),
                   .class_names = {"a"}};
  };
  const Dataset a = dataset(source), b = dataset(target);
  ReestimateBatchNorm(net, Batches::InOrder(a, {}));
  const Tensor expected = net.Forward(x, {}).value();
  ReestimateBatchNorm(net, Batches::InOrder(b, {}));
  const Tensor y = net.Forward(Tensor::Of({64, 4}, target), {}).value();
  for (int64_t i = 0; i < y.size(); ++i) EXPECT_NEAR(y.data()[i], expected.data()[i], 1e-4);
}

// Running mean 1 and variance 4; the batch (2, 8) has mean 5 and, without bias, variance 18. N = 6 to n = 2: mean 2,
// variance 7.5. What the second normalisation sees is normalised by that: its batch mean is 3 / sqrt(7.5), its batch
// variance 18 / 7.5, its running ones 0 and 1.
TEST(BatchNormAdaptationTest, MixedStatisticsByHand) {
  Sequential net(BatchNorm2d(1, {.epsilon = 0}), BatchNorm2d(1, {.epsilon = 0}));
  net.Buffers()[0].variable.mutable_value() = Tensor::Of({1}, {1});
  net.Buffers()[1].variable.mutable_value() = Tensor::Of({1}, {4});
  const Tensor x = Tensor::Of({2, 1}, {2, 8});
  const Tensor y = ForwardWithMixedStatistics(net, x, 6);
  const double deviation = std::sqrt(7.5), mean = 0.25 * 3 / deviation, variance = 0.75 + 0.25 * 18 / 7.5;
  EXPECT_NEAR(y.data()[0], (0 / deviation - mean) / std::sqrt(variance), 1e-6);
  EXPECT_NEAR(y.data()[1], (6 / deviation - mean) / std::sqrt(variance), 1e-6);
  EXPECT_EQ(Buffer(net, 0), 1);
  EXPECT_EQ(Buffer(net, 1), 4);
  EXPECT_EQ(Buffer(net, 2), 0);
}

TEST(BatchNormAdaptationTest, MixturesReachFromTheBatchToTheSource) {
  Random random(1);
  Sequential net(Linear(5, 4, random), BatchNorm2d(4, {.relu = true}), Dropout(0.5f), Linear(4, 3, random));
  const Tensor x = testing::RandomTensor({1000, 5}, 1);
  const auto distance = [](const Tensor& a, const Tensor& b) {
    double most = 0;
    for (int64_t i = 0; i < a.size(); ++i) most = std::max<double>(most, std::abs(a.data()[i] - b.data()[i]));
    return most;
  };
  const Tensor by_source = net.Forward(x, {}).value();
  EXPECT_LT(distance(ForwardWithMixedStatistics(net, x, 1e12), by_source), 1e-6);
  const Tensor alone = ForwardWithMixedStatistics(net, x, 0);
  EXPECT_GT(distance(alone, by_source), 0.01);
  static_cast<BatchNorm2d&>(*net.layers()[1]).set_mode({.batch_statistics = When::kAlways, .gather = When::kNever});
  EXPECT_LT(distance(alone, net.Forward(x, {}).value()), 0.01);  // 999 / 1000 of the variance
}

}  // namespace
}  // namespace dl
