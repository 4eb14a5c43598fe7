#include "modules/training/rate_sweep.h"

#include "datasets/catalog.h"
#include "gtest/gtest.h"
#include "modules/backprop/mlp.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

absl::StatusOr<RateSweep> Sweep(std::vector<double> rates, float scale, std::vector<double>* told = nullptr) {
  const TrainTest moons = LoadDataset("moons", {.train_size = 200, .test_size = 50}).value();
  return SweepRates(
      [scale](uint64_t seed) {
        Random random(seed);
        return Mlp({2, 8, 2}, Elementwise::kReLU, random, NormalInit(scale));
      },
      [](std::vector<Variable> parameters, double rate) {
        return Sgd(std::move(parameters), {.rate = Constant(rate)});
      },
      moons,
      {.rates = std::move(rates),
       .seeds = {1, 2},
       .train = {.name = "sgd", .epochs = 3, .batch_size = 20},
       .on_rate = [told](double rate) {
         if (told) told->push_back(rate);
       }});
}

TEST(RateSweepTest, TheBestRateHasTheLowestLoss) {
  std::vector<double> told;
  const auto sweep = Sweep({1e-5, 0.3, 1e-3}, 1, &told);
  ASSERT_TRUE(sweep.ok()) << sweep.status();
  EXPECT_EQ(told, (std::vector<double>{1e-5, 0.3, 1e-3}));
  ASSERT_EQ(sweep->of_rates.size(), 3u);
  ASSERT_TRUE(sweep->best.has_value());
  EXPECT_EQ(sweep->of_rates[*sweep->best].rate, 0.3);
  for (const RatedRuns& rated : sweep->of_rates) {
    ASSERT_EQ(rated.runs.size(), 2u);
    EXPECT_EQ(rated.runs[1].size(), 3u);
    EXPECT_GE(Mean(rated.LastTrainLosses()), Mean(sweep->of_rates[1].LastTrainLosses()));
  }
  EXPECT_NE(sweep->of_rates[1].runs[0].back().train.loss, sweep->of_rates[1].runs[1].back().train.loss);
}

TEST(RateSweepTest, RatesAtWhichASeedDivergesAreOut) {
  const auto sweep = Sweep({100, 1e-9}, 100);
  ASSERT_TRUE(sweep.ok()) << sweep.status();
  EXPECT_TRUE(sweep->of_rates[0].runs.empty());
  EXPECT_EQ(sweep->of_rates[0].divergence.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(std::string(sweep->of_rates[0].divergence.message()).rfind("sgd, rate 100, seed 1: the loss is ", 0), 0u);
  EXPECT_TRUE(sweep->of_rates[1].divergence.ok());
  EXPECT_EQ(sweep->best, std::optional<size_t>(1));
  EXPECT_FALSE(Sweep({100}, 100)->best.has_value());
}

TEST(RatesAroundTest, StandAtEqualRatios) {
  const std::vector<double> rates = RatesAround(0.1, 5, 2);
  ASSERT_EQ(rates.size(), 5u);
  EXPECT_DOUBLE_EQ(rates[0], 0.025);
  EXPECT_EQ(rates[2], 0.1);
  EXPECT_DOUBLE_EQ(rates[4], 0.4);
  EXPECT_DEATH(RatesAround(1, 4, 2), "must be odd");
}

}  // namespace
}  // namespace dl
