#include "modules/cnn/commands/train_settings.h"

#include <cstdlib>

#include "gtest/gtest.h"
#include "modules/cnn/network_by_name.h"

namespace dl {
namespace {

TrainSettings Usual(const std::string& model, const std::string& dataset = "shapes") {
  return *UsualSettings(model, dataset);
}

void ExpectRefused(const TrainSettings& settings, const std::string& message) {
  const absl::Status status = CheckTrainSettings(settings);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << message;
  EXPECT_EQ(status.message(), message);
}

TEST(TrainSettingsTest, WhatIsUsualCanBeDoneForEveryNetwork) {
  for (const std::string& model : NetworkNames()) {
    for (const std::string dataset : {"shapes", "mnist", "folder:/photos"}) {
      const auto settings = UsualSettings(model, dataset);
      ASSERT_TRUE(settings.ok()) << settings.status();
      EXPECT_TRUE(CheckTrainSettings(*settings).ok()) << model << ": " << CheckTrainSettings(*settings);
    }
  }
}

TEST(TrainSettingsTest, NetworksDiffer) {
  const TrainSettings resnet = Usual("resnet20", "cifar10");
  EXPECT_EQ(resnet.optimizer, "nesterov");
  EXPECT_EQ(resnet.rate, 0.1);
  EXPECT_EQ(resnet.weight_decay, 5e-4);
  EXPECT_EQ(resnet.batch_size, 128);
  EXPECT_EQ(resnet.augment, "crop:4+flip");
  EXPECT_EQ(Usual("resnet20", "mnist").augment, "none");  // a mirrored 2 is no 2
  EXPECT_EQ(Usual("lenet").optimizer, "adam");
  EXPECT_EQ(Usual("fast-cifar").optimizer, kRecipe);
  EXPECT_EQ(Usual("fast-cifar").views, 6);
  EXPECT_EQ(UsualThreads("lenet"), 1);
  EXPECT_EQ(UsualThreads("resnet20"), 0);
}

// A rate of 0.1 is fine for descent and the end of Adam.
TEST(TrainSettingsTest, AnotherOptimizerGoesAtItsOwnRate) {
  const auto adam = UsualSettings("resnet20", "cifar10", "adam");
  ASSERT_TRUE(adam.ok()) << adam.status();
  EXPECT_EQ(adam->rate, 1e-3);
  EXPECT_EQ(adam->weight_decay, 0);
  EXPECT_EQ(adam->batch_size, 128);
  EXPECT_EQ(UsualSettings("resnet20", "cifar10", "nesterov")->rate, 0.1);
  const auto fast = UsualSettings("fast-cifar", "cifar10", "adam");
  ASSERT_TRUE(fast.ok());
  EXPECT_NE(fast->schedule, kRecipe);
  EXPECT_TRUE(CheckTrainSettings(*fast).ok());
  EXPECT_EQ(UsualSettings("resnet20", "cifar10", "adem").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(TrainSettingsTest, WeightDecayGoesUnderTheOptimizersName) {
  const auto decaying = [](const std::string& optimizer, double decay) {
    TrainSettings s;
    s.optimizer = optimizer;
    s.weight_decay = decay;
    return OptimizerWithDecay(s);
  };
  EXPECT_EQ(*decaying("nesterov:mu=0.8", 0.5), "nesterov:mu=0.8:l2=0.5");
  EXPECT_EQ(*decaying("adamw", 0.1), "adamw:weight_decay=0.1");
  EXPECT_EQ(*decaying("adamw", 0), "adamw");
  EXPECT_EQ(decaying("rmsprop", 0.1).status().message(),
            "optimizer rmsprop has no weight decay: leave --weight_decay out, or choose nesterov, adam or adamw");
}

TEST(TrainSettingsTest, ImpossibleSettingsAreRefused) {
  const auto with = [](auto change, const std::string& model = "lenet") {
    TrainSettings s = Usual(model);
    change(s);
    return s;
  };
  ExpectRefused(with([](auto& s) { s.rate = -1; }), "flag --rate wants a positive number, not -1");
  ExpectRefused(with([](auto& s) { s.epochs = 0; }), "flag --epochs wants a number of 1 or more, not 0");
  ExpectRefused(with([](auto& s) { s.batch_size = 0; }), "flag --batch_size wants a number of 1 or more, not 0");
  ExpectRefused(with([](auto& s) { s.smoothing = 1; }), "flag --smoothing wants a number below 1, not 1");
  ExpectRefused(with([](auto& s) { s.average_decay = -1; }),
                "flag --average_decay wants a number of 0 or more, not -1");
  ExpectRefused(with([](auto& s) { s.views = 2; }), "flag --views wants 1 or 6, not 2");
  ExpectRefused(with([](auto& s) { s.precision = "bf17"; }),
                "unknown precision 'bf17'; did you mean 'bf16'?; valid: f32, bf16");
  ExpectRefused(with([](auto& s) { s.optimizer = "adam:beta2=1"; }),
                "optimizer adam: beta2 wants 0 to less than 1, not '1'");
  ExpectRefused(with([](auto& s) { s.optimizer = s.schedule = kRecipe; }),
                "--optimizer=recipe is for --model=fast-cifar, not lenet");
  ExpectRefused(with([](auto& s) { s.schedule = "cosine"; }, "fast-cifar"),
                "--optimizer=recipe brings its own schedule: leave --schedule out, or choose another --optimizer, too");
  for (const char* key : {"schedule", "augment"}) {
    const TrainSettings s = with([&](auto& s) { (key == std::string("schedule") ? s.schedule : s.augment) = "cosin"; });
    EXPECT_EQ(CheckTrainSettings(s).code(), absl::StatusCode::kInvalidArgument) << key;
  }
  EXPECT_EQ(UsualSettings("lenett", "mnist").status().code(), absl::StatusCode::kInvalidArgument);
}

// In a process of its own: oneDNN asks once what it may use.
TEST(TrainSettingsTest, BF16WantsACpuThatHasIt) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        setenv("ONEDNN_MAX_CPU_ISA", "AVX2", 1);
        TrainSettings settings;
        settings.precision = "bf16";
        std::cerr << CheckTrainSettings(settings).message();
        std::exit(CheckTrainSettings(settings).code() == absl::StatusCode::kInvalidArgument ? 0 : 1);
      },
      testing::ExitedWithCode(0), "--precision=bf16 wants a CPU that multiplies bf16; this one's instruction set is ");
}

}  // namespace
}  // namespace dl
