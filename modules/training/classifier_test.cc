#include "modules/training/classifier.h"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <sstream>

#include "datasets/catalog.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/backprop/linear.h"
#include "modules/backprop/mlp.h"
#include "modules/base/exit_code.h"
#include "modules/primitives/reorder.h"
#include "modules/training/checkpoint.h"

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
  EXPECT_EQ(status.message(),
            "moons: the loss is nan at step 1 of epoch 1: the output of layer 2 [64, 2] is not finite, nor is its bias; "
            "a smaller learning rate may help");
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

// The loss stays finite, its gradient is not from the third step on.
TEST(ClassifierTest, ABadGradientStopsTheRunBeforeAParameterChanges) {
  const TrainTest data = Moons();
  const auto train = [&](int64_t bad_step, Sequential& mlp, int64_t epochs) {
    const auto adam = Adam(Variables(mlp), {});
    std::ostringstream out;
    Progress progress(out, {});
    int64_t step = 0;
    const ClassifierLoss loss = [&](const Variable& logits, absl::Span<const int32_t> labels) {
      const bool bad = ++step >= bad_step;
      return CrossEntropy(Record("maybe_bad", logits.value(), {{logits, [bad](const Tensor&, const Tensor& dy) {
                                   return bad ? Tensor::Full(dy.shape(), std::numeric_limits<double>::infinity()) : dy;
                                 }}}),
                          labels);
    };
    const TrainOptions options = {.name = "moons", .epochs = epochs, .batch_size = 256, .loss = loss};
    return TrainClassifier(mlp, *adam, data, options, progress).status();
  };
  Random a(1), b(1);
  Sequential stopped = Mlp({2, 8, 2}, Elementwise::kReLU, a), two_steps = Mlp({2, 8, 2}, Elementwise::kReLU, b);
  ASSERT_TRUE(train(1000, two_steps, 1).ok());  // two steps an epoch, and one loss of the test set
  const absl::Status status = train(4, stopped, 2);
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(status.message()),
              testing::MatchesRegex("moons: the loss is [0-9.]+ at step 1 of epoch 2: the gradient of 2.bias "
                                    "\\[2\\] is not finite; a smaller learning rate may help"));
  for (size_t i = 0; i < Variables(stopped).size(); ++i) {
    EXPECT_EQ(Variables(stopped)[i].value().values(), Variables(two_steps)[i].value().values()) << i;
  }
}

TEST(ClassifierTest, AMixedBatchHasTheLossToBothLabels) {
  const Tensor logits = Tensor::Of({2, 2}, {1, 2, 3, 0});
  const auto loss_of = [&](std::vector<int32_t> labels) { return CrossEntropy(logits, labels).value().item(); };
  Random random(1);
  Sequential identity = Mlp({2, 2}, Elementwise::kReLU, random);
  Variables(identity)[0].mutable_value() = Tensor::Of({2, 2}, {1, 0, 0, 1});
  const auto sgd = Sgd(Variables(identity), {});
  Batch batch;
  batch.inputs = logits;
  batch.labels = {0, 0};
  batch.mixed_labels = {1, 0};
  batch.mixed_share = 0.25;
  const TrainingStep step = TrainStep(identity, *sgd, CrossEntropy, batch, random);
  EXPECT_TRUE(step.made);
  EXPECT_NEAR(step.loss, 0.75 * loss_of({0, 0}) + 0.25 * loss_of({1, 0}), 1e-6);
  EXPECT_EQ(step.correct, 1);
}

// Remembers the type of what it is given and hands it on as f32.
class Spy : public Layer {
 public:
  explicit Spy(std::vector<DType>* seen) : seen_(seen) {}
  Variable Forward(const Variable& x, const Pass&) override {
    seen_->push_back(x.value().dtype());
    return Cast(x.value(), DType::kF32);
  }

 private:
  std::vector<DType>* seen_;
};

TEST(ClassifierTest, InputsHaveTheWantedPrecision) {
  std::vector<DType> seen;
  Random random(1);
  Sequential net(Spy(&seen), Linear(2, 2, random));
  const auto sgd = Sgd(Variables(net), {});
  std::ostringstream out;
  Progress progress(out, {});
  const TrainOptions options = {.epochs = 1, .batch_size = 512, .precision = DType::kBF16};
  ASSERT_TRUE(TrainClassifier(net, *sgd, Moons(), options, progress).ok());
  EXPECT_EQ(seen, (std::vector<DType>{DType::kBF16, DType::kBF16}));  // one step, one batch of the test set
}

TEST(ClassifierTest, TheMeanOfTheWeightsIsTestedAndLeftInTheModel) {
  Random a(1), b(1);
  Sequential net = Mlp({2, 8, 2}, Elementwise::kReLU, a), twin = Mlp({2, 8, 2}, Elementwise::kReLU, b);
  const TrainTest data = Moons();
  const auto train = [&](Sequential& mlp, double decay) {
    const auto sgd = Sgd(Variables(mlp), {.rate = Constant(0.5)});
    std::ostringstream out;
    Progress progress(out, {});
    return TrainClassifier(mlp, *sgd, data, {.epochs = 1, .batch_size = 512, .average_decay = decay}, progress)->back();
  };
  const auto start = Variables(net)[0].value();
  train(twin, 0);
  const EpochMetrics epoch = train(net, 0.75);  // one step: three quarters of the start, one of the end
  const Tensor end = Variables(twin)[0].value(), mean = Variables(net)[0].value();
  for (int64_t i = 0; i < mean.size(); ++i) {
    EXPECT_NEAR(mean.data()[i], 0.75f * start.data()[i] + 0.25f * end.data()[i], 1e-6f);
  }
  EXPECT_EQ(epoch.test.loss, Evaluate(net, data.test, ChannelNormalization(data.train)).loss);
}

// A run of moons that writes checkpoints into a folder of its own.
class CheckpointsTest : public testing::Test {
 protected:
  CheckpointsTest() { std::filesystem::remove_all(options_.checkpoint.folder); }

  absl::StatusOr<std::vector<EpochMetrics>> Train(int64_t epochs) {
    options_.epochs = epochs;
    Random random(1);
    Sequential mlp = Mlp({2, 8, 2}, Elementwise::kReLU, random);
    const auto adam = Adam(Variables(mlp), {.rate = Constant(0.1)});
    std::ostringstream out;
    Progress progress(out, {});
    return TrainClassifier(mlp, *adam, Moons(), options_, progress);
  }

  std::string Path(const std::string& name) const { return options_.checkpoint.folder + "/" + name + ".safetensors"; }

  TrainOptions options_ = {.name = "moons", .batch_size = 64,
                           .checkpoint = {.folder = ::testing::TempDir() + "/checkpoints/of/moons",
                                          .settings = {{"rate", "0.1"}},
                                          .resume_command = "train --resume"}};
};

TEST_F(CheckpointsTest, TheLastAndTheBestAreKept) {
  const auto epochs = Train(12);
  ASSERT_TRUE(epochs.ok()) << epochs.status();
  const auto best = std::max_element(epochs->begin(), epochs->end(), [](const EpochMetrics& a, const EpochMetrics& b) {
    return a.test.accuracy < b.test.accuracy;
  });
  ASSERT_NE(best->epoch, 12) << "the last is the best: the test shows nothing";
  EXPECT_EQ(ReadCheckpoint(Path("last"))->epoch, 12);
  EXPECT_EQ(ReadCheckpoint(Path("best"))->epoch, best->epoch);
  Random random(2);
  Sequential mlp = Mlp({2, 8, 2}, Elementwise::kReLU, random);
  ASSERT_TRUE(LoadModel(Path("best"), mlp).ok());
  const TrainTest data = Moons();
  EXPECT_EQ(Evaluate(mlp, data.test, ChannelNormalization(data.train)).loss, best->test.loss);
}

TEST_F(CheckpointsTest, OnlyARunOfTheSameSettingsGoesOn) {
  ASSERT_TRUE(Train(1).ok());
  options_.checkpoint.resume = true;
  options_.checkpoint.settings["rate"] = "0.2";
  const absl::Status other = Train(2).status();
  EXPECT_EQ(other.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(other.message()), testing::HasSubstr("other settings: rate 0.1 (now 0.2)"));
  options_.checkpoint.settings["rate"] = "0.1";
  options_.checkpoint.folder += "/nowhere";
  EXPECT_EQ(Train(2).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(CheckpointsTest, APositionBeyondTheEpochIsRefused) {
  ASSERT_TRUE(Train(1).ok());
  Checkpoint checkpoint = *ReadCheckpoint(Path("last"));
  checkpoint.batch = 9;
  ASSERT_TRUE(WriteCheckpoint(Path("last"), checkpoint).ok());
  options_.checkpoint.resume = true;
  const absl::Status status = Train(2).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("it stands at batch 9 of an epoch of 8"));
}

// A limit on the size of files, set after the first epoch, stands for a disk that fills up.
TEST_F(CheckpointsTest, AFullDiskLosesNoEarlierCheckpoint) {
  options_.after_epoch = [](const EpochMetrics& epoch) {
    if (epoch.epoch < 2) return;
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {1024, 1024};
    setrlimit(RLIMIT_FSIZE, &limit);
  };
  EXPECT_EXIT(std::exit(ReportStatus(Train(3).status())), testing::ExitedWithCode(kExitDisk),
              "error: cannot write .*(last|best).safetensors: File too large; choose another place; what was saved "
              "before is kept; go on with: train --resume");
  ASSERT_TRUE(ReadCheckpoint(Path("last")).ok());
  EXPECT_EQ(ReadCheckpoint(Path("last"))->epoch, 1);
  EXPECT_TRUE(ReadCheckpoint(Path("best")).ok());
  options_.after_epoch = {};
  options_.checkpoint.resume = true;
  EXPECT_TRUE(Train(3).ok());
}

TEST_F(CheckpointsTest, AFolderThatCannotBeMadeStopsTheRunAtOnce) {
  options_.checkpoint.folder = "/dev/null/x";
  options_.after_epoch = [](const EpochMetrics&) { FAIL() << "the run began"; };
  EXPECT_EQ(Train(1).status().code(), absl::StatusCode::kPermissionDenied);
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
