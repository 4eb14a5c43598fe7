#include "modules/cnn/experiments/rate_choice.h"

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

ImageData Glyphs(int64_t validation_size) {
  return ImageTask{.dataset = "glyphs", .train_size = 60, .validation_size = validation_size, .test_size = 20}
      .Load("")
      .value();
}

Method SmallMethod(const ImageData& data) {
  StridedNetOptions net = NetFor(data.train);
  net.widths = {4, 8};
  return {.name = "sgd, small",
          .model =
              [net](uint64_t seed) {
                Random random(seed);
                return StridedNet(random, net);
              },
          .optimizer = [](std::vector<Variable> parameters,
                          double rate) { return Sgd(std::move(parameters), {.rate = Constant(rate)}); },
          .train = {.epochs = 4, .batch_size = 10}};
}

TEST(RateChoiceTest, WithoutValidationTheLowestTrainingLossChooses) {
  const ImageData data = Glyphs(0);
  const auto judgement = JudgeAtBestRate(SmallMethod(data), data, {.rates = {1e-6, 0.05, 1e-5}, .seeds = {1, 2}});
  ASSERT_TRUE(judgement.ok()) << judgement.status();
  EXPECT_EQ(judgement->chosen, 1u);
  EXPECT_FALSE(judgement->validated);
}

// Validation labels that are all wrong prefer the rate that learns nothing.
TEST(RateChoiceTest, WithValidationTheLowestErrorThereChooses) {
  ImageData data = Glyphs(50);
  const RateSearch search = {.rates = {1e-6, 0.05}, .seeds = {1}};
  EXPECT_EQ(JudgeAtBestRate(SmallMethod(data), data, search)->chosen, 1u);
  for (int32_t& label : data.validation.labels) label = (label + 1) % 10;
  const auto judgement = JudgeAtBestRate(SmallMethod(data), data, search);
  EXPECT_EQ(judgement->chosen, 0u);
  EXPECT_TRUE(judgement->validated);
  EXPECT_LT(judgement->ValidationErrors(0)[0], judgement->ValidationErrors(1)[0]);
}

TEST(RateChoiceTest, JudgesTheRunsThatWereChosenByTheTestSet) {
  const ImageData data = Glyphs(0);
  std::vector<std::string> parts, looks;
  const RateSearch search = {.rates = {0.05},
                             .seeds = {3, 5},
                             .on_part = [&](const std::string& part) { parts.push_back(part); },
                             .look =
                                 [&](Sequential&, uint64_t seed, const EpochMetrics& epoch) {
                                   looks.push_back(std::to_string(seed) + "." + std::to_string(epoch.epoch));
                                 }};
  const auto judgement = JudgeAtBestRate(SmallMethod(data), data, search);
  ASSERT_TRUE(judgement.ok()) << judgement.status();
  ASSERT_EQ(judgement->runs.size(), 2u);
  for (size_t s = 0; s < 2; ++s) {
    const JudgedRun& run = judgement->runs[s];
    EXPECT_EQ(run.seed, search.seeds[s]);
    EXPECT_EQ(run.epochs.back().train.loss, judgement->of_rates[0].runs[s].back().train.loss);  // the same training
    EXPECT_EQ(run.test.accuracy, run.epochs.back().test.accuracy);
    EXPECT_GT(run.test.accuracy, 0);
    EXPECT_LT(run.train.loss, run.epochs.front().train.loss);
  }
  EXPECT_NE(judgement->runs[0].train.loss, judgement->runs[1].train.loss);
  EXPECT_THAT(parts, ::testing::ElementsAre("sgd, small, rate 0.05", "sgd, small, best rate"));
  EXPECT_THAT(looks, ::testing::ElementsAre("3.1", "3.2", "3.3", "3.4", "5.1", "5.2", "5.3", "5.4"));
  const std::vector<double> losses = judgement->Of([](const JudgedRun& run) { return run.test.loss; });
  EXPECT_THAT(losses, ::testing::ElementsAre(judgement->runs[0].test.loss, judgement->runs[1].test.loss));
}

TEST(RateChoiceTest, WhereEveryRateDivergesNoneIsChosen) {
  const ImageData data = Glyphs(0);
  const auto judgement = JudgeAtBestRate(SmallMethod(data), data, {.rates = {1e30}, .seeds = {1}});
  ASSERT_TRUE(judgement.ok()) << judgement.status();
  EXPECT_FALSE(judgement->chosen);
  EXPECT_TRUE(judgement->runs.empty());
  const absl::Status status = DivergenceOf(*judgement);
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("sgd, small, rate 1e+30, seed 1: the loss is "));
}

}  // namespace
}  // namespace dl
