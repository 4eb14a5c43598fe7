#include "modules/training/classifier.h"

#include <algorithm>
#include <limits>
#include <sstream>

#include "datasets/catalog.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/backprop/mlp.h"

namespace dl {
namespace {

TrainTest Moons() { return *LoadDataset("moons", {.train_size = 512, .test_size = 256}); }

std::vector<EpochMetrics> TrainOnMoons(uint64_t seed, Sequential& mlp) {
  const auto adam = Adam(Variables(mlp), {.rate = Constant(1e-2)});
  std::ostringstream out;
  Progress progress(out, {});
  return *TrainClassifier(mlp, *adam, Moons(), {.name = "moons", .epochs = 20, .batch_size = 32, .seed = seed}, progress);
}

// A network without hidden layer stays near 0.87 on moons: the bar shows that the hidden layer learns.
TEST(ClassifierTest, LearnsMoons) {
  Random random(1);
  Sequential mlp = Mlp({2, 32, 2}, Elementwise::kReLU, random);
  const auto metrics = TrainOnMoons(1, mlp);
  ASSERT_EQ(metrics.size(), 20u);
  EXPECT_EQ(metrics.front().epoch, 1);
  EXPECT_GT(metrics.back().test.accuracy, 0.93);
  EXPECT_LT(metrics.back().train.loss, metrics.front().train.loss);
}

TEST(ClassifierTest, SameSeedSameRun) {
  Random a(1), b(1);
  Sequential first = Mlp({2, 8, 2}, Elementwise::kReLU, a), second = Mlp({2, 8, 2}, Elementwise::kReLU, b);
  const auto one = TrainOnMoons(5, first), two = TrainOnMoons(5, second);
  EXPECT_EQ(one.back().test.loss, two.back().test.loss);
  EXPECT_EQ(one.back().train.loss, two.back().train.loss);
}

TEST(ClassifierTest, AnObserverSeesTheModelAfterEachEpoch) {
  Random random(1);
  Sequential mlp = Mlp({2, 8, 2}, Elementwise::kReLU, random);
  const auto adam = Adam(Variables(mlp), {});
  const TrainTest data = Moons();
  std::vector<std::tuple<int64_t, double, double>> seen, expected;
  std::ostringstream out;
  Progress progress(out, {});
  const auto look = [&](const EpochMetrics& epoch) {
    seen.push_back({epoch.epoch, epoch.train.loss, Evaluate(mlp, data.test, ChannelNormalization(data.train)).loss});
  };
  const auto metrics = TrainClassifier(mlp, *adam, data, {.name = "moons", .epochs = 3, .after_epoch = look}, progress);
  for (const EpochMetrics& epoch : *metrics) expected.push_back({epoch.epoch, epoch.train.loss, epoch.test.loss});
  EXPECT_EQ(seen, expected);
}

TEST(ClassifierTest, CountsRightAnswers) {
  const Tensor logits = Tensor::Of({3, 2}, {1, 2, 3, 0, -1, -2});
  EXPECT_EQ(CountCorrect(logits, {1, 0, 1}), 2);
}

TEST(ClassifierTest, EvaluationCoversALastSmallBatch) {
  TrainTest data = Moons();
  Random random(1);
  Sequential zero = Mlp({2, 2}, Elementwise::kReLU, random, ZeroInit);
  data.test = FirstExamples(data.test, 255);
  const Evaluation evaluation = Evaluate(zero, data.test, {});
  EXPECT_NEAR(evaluation.loss, 0.693147, 1e-6);
  const double zeros = std::count(data.test.labels.begin(), data.test.labels.end(), 0);
  EXPECT_DOUBLE_EQ(evaluation.accuracy, zeros / 255);  // all logits are equal: the first class is answered
}

// A network that hands its inputs on as logits shows what it was given; a rate of 0 leaves it so.
TEST(ClassifierTest, InputsAreNormalizedUnlessToldOtherwise) {
  const TrainTest data = Moons();
  const auto loss_with = [&](bool normalize) {
    Random random(1);
    Sequential identity = Mlp({2, 2}, Elementwise::kReLU, random);
    Variables(identity)[0].mutable_value() = Tensor::Of({2, 2}, {1, 0, 0, 1});
    const auto sgd = Sgd(Variables(identity), {.rate = Constant(0)});
    std::ostringstream out;
    Progress progress(out, {});
    const TrainOptions options = {.name = "moons", .epochs = 1, .batch_size = 32, .normalize = normalize};
    const double loss = TrainClassifier(identity, *sgd, data, options, progress)->back().test.loss;
    const Normalization expected = normalize ? ChannelNormalization(data.train) : Normalization();
    EXPECT_DOUBLE_EQ(loss, Evaluate(identity, data.test, expected).loss);
    return loss;
  };
  EXPECT_NE(loss_with(true), loss_with(false));
}

TEST(ClassifierTest, ADivergedRunStopsAtItsStep) {
  Random random(1);
  Sequential mlp = Mlp({2, 8, 2}, Elementwise::kReLU, random);
  Variables(mlp).back().mutable_value() = Tensor::Full({2}, std::numeric_limits<float>::quiet_NaN());
  const auto sgd = Sgd(Variables(mlp), {});
  std::ostringstream out;
  Progress progress(out, {});
  const auto status = TrainClassifier(mlp, *sgd, Moons(), {.name = "moons"}, progress).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(status.message(), "moons: the loss is nan at step 1 of epoch 1: the output of layer 2 [64, 2] is not finite, nor is its bias; a "
            "smaller learning rate may help");
}

// Steps of 10^9 kill the rectifiers long before anything overflows. The optimizer has made steps before this run.
TEST(ClassifierTest, ADivergedRunNeedNotMeetNaN) {
  Random random(1);
  Sequential mlp = Mlp({2, 8, 2}, Elementwise::kReLU, random);
  const auto adam = Adam(Variables(mlp), {.rate = [](int64_t step) { return step < 16 ? 1e-3 : 1e9; }});
  std::ostringstream out;
  Progress progress(out, {});
  const TrainOptions options = {.name = "moons", .epochs = 2, .batch_size = 32};  // 16 steps an epoch
  const auto status = TrainClassifier(mlp, *adam, Moons(), options, progress).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(status.message()),
              testing::MatchesRegex("moons: the loss is .* at step 2 of epoch 2; a smaller learning rate may help"));
}

TEST(ClassifierTest, ImpossibleSizesAreRefused) {
  Random random(1);
  Sequential mlp = Mlp({2, 2}, Elementwise::kReLU, random);
  const auto sgd = Sgd(Variables(mlp), {});
  std::ostringstream out;
  Progress progress(out, {});
  EXPECT_EQ(TrainClassifier(mlp, *sgd, Moons(), {.batch_size = 1000}, progress).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(TrainClassifier(mlp, *sgd, Moons(), {.epochs = 0}, progress).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace dl
