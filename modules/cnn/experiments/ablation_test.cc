#include "modules/cnn/experiments/ablation.h"

#include <algorithm>
#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace dl {
namespace {

std::string At(const Table& table, size_t row, const std::string& column) {
  const auto& columns = table.columns();
  return table.rows().at(row).at(std::find(columns.begin(), columns.end(), column) - columns.begin());
}

class AblationTest : public ::testing::Test {
 protected:
  Method MethodNamed(const std::string& name) const {
    StridedNetOptions net = NetFor(data_.train);
    net.widths = {4};
    return {.name = name,
            .model =
                [net](uint64_t seed) {
                  Random random(seed);
                  return StridedNet(random, net);
                },
            .optimizer = [](std::vector<Variable> parameters,
                            double rate) { return Sgd(std::move(parameters), {.rate = Constant(rate)}); },
            .train = {.epochs = 3, .batch_size = 10}};
  }

  const ImageData data_ =
      ImageTask{.dataset = "glyphs", .train_size = 40, .validation_size = 10, .test_size = 20}.Load("").value();
};

TEST_F(AblationTest, ASettingIsARowOfTheSummaryAndOneOfEachRateAndEpoch) {
  Ablation ablation({"net", "size"}, {"best"});
  const auto extra = [](const Judgement& judgement) { return std::vector<Cell>{*judgement.chosen}; };
  const RateSearch search = {.rates = {1e-6, 0.05}, .seeds = {1, 2}};
  ASSERT_TRUE(ablation.Add({"small", 4}, MethodNamed("small"), data_, search, extra).ok());
  EXPECT_EQ(ablation.summary().rows().size(), 1u);
  EXPECT_EQ(ablation.rates().rows().size(), 2u);
  EXPECT_EQ(ablation.metrics().rows().size(), 2u * 3u);
  EXPECT_EQ(At(ablation.summary(), 0, "net"), "small");
  EXPECT_EQ(At(ablation.summary(), 0, "size"), "4");
  EXPECT_EQ(At(ablation.summary(), 0, "learning_rate"), "0.05");
  EXPECT_EQ(At(ablation.summary(), 0, "n"), "2");
  EXPECT_EQ(At(ablation.summary(), 0, "best"), "1");
  EXPECT_NEAR(std::stod(At(ablation.summary(), 0, "gap_mean")),
              std::stod(At(ablation.summary(), 0, "train_accuracy_mean")) -
                  std::stod(At(ablation.summary(), 0, "test_accuracy_mean")),
              1e-5);
  EXPECT_EQ(At(ablation.rates(), 0, "chosen"), "no");
  EXPECT_EQ(At(ablation.rates(), 1, "chosen"), "yes");
  EXPECT_NE(At(ablation.rates(), 1, "validation_error_mean"), "");
  EXPECT_EQ(At(ablation.metrics(), 5, "epoch"), "3");
  EXPECT_TRUE(ablation.Result(data_, {1, 2}).ok());
}

TEST_F(AblationTest, WhatDivergesIsARowAndAllOfItAnError) {
  Ablation ablation({"net"});
  ASSERT_TRUE(ablation.Add({"wild"}, MethodNamed("wild"), data_, {.rates = {1e30}, .seeds = {1}}).ok());
  EXPECT_EQ(At(ablation.summary(), 0, "learning_rate"), "none");
  EXPECT_EQ(At(ablation.summary(), 0, "test_accuracy_mean"), "");
  EXPECT_EQ(At(ablation.summary(), 0, "n"), "0");
  EXPECT_EQ(At(ablation.rates(), 0, "diverged"), "yes");
  EXPECT_EQ(ablation.Result(data_, {1}).status().code(), absl::StatusCode::kAborted);
  ASSERT_TRUE(ablation.Add({"tame"}, MethodNamed("tame"), data_, {.rates = {0.01}, .seeds = {1}}).ok());
  EXPECT_TRUE(ablation.Result(data_, {1}).ok());
}

TEST_F(AblationTest, WithoutValidationItsErrorIsEmpty) {
  ImageData data = data_;
  data.validation = FirstExamples(data.validation, 0);
  Ablation ablation({"net"});
  ASSERT_TRUE(ablation.Add({"tame"}, MethodNamed("tame"), data, {.rates = {0.01}, .seeds = {1}}).ok());
  EXPECT_EQ(At(ablation.rates(), 0, "validation_error_mean"), "");
  EXPECT_NE(At(ablation.rates(), 0, "train_loss_mean"), "");
}

}  // namespace
}  // namespace dl
