#include "modules/optimizers/schedule.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(ScheduleTest, StepsFallAtTheirSteps) {
  const Schedule every = StepDecay(1, 10, 0.5);
  EXPECT_EQ(every(9), 1);
  EXPECT_EQ(every(10), 0.5);
  EXPECT_EQ(every(25), 0.25);
  const Schedule at = MultiStepDecay(1, {3, 3, 7}, 0.5);
  EXPECT_EQ(at(2), 1);
  EXPECT_EQ(at(3), 0.25);  // two milestones at once
  EXPECT_EQ(at(7), 0.125);
}

TEST(ScheduleTest, SmoothDecaysMeetTheirFormulas) {
  EXPECT_DOUBLE_EQ(ExponentialDecay(2, 0.9)(7), 2 * std::pow(0.9, 7));
  const Schedule square = PolynomialDecay(1.1, 10, 2, 0.1);
  EXPECT_DOUBLE_EQ(square(0), 1.1);
  EXPECT_DOUBLE_EQ(square(5), 0.1 + 0.25);
  EXPECT_DOUBLE_EQ(square(10), 0.1);
  EXPECT_DOUBLE_EQ(square(1000), 0.1);
  const Schedule wave = CosineDecay(1, 100, 0.2);
  EXPECT_DOUBLE_EQ(wave(0), 1);
  EXPECT_DOUBLE_EQ(wave(50), 0.6);
  EXPECT_DOUBLE_EQ(wave(100), 0.2);
  EXPECT_DOUBLE_EQ(wave(101), 0.2);
}

TEST(ScheduleTest, LinesThroughPoints) {
  const Schedule lines = PiecewiseLinear({{10, 0.2}, {20, 1}, {40, 0}});
  EXPECT_EQ(lines(0), 0.2);
  EXPECT_EQ(lines(10), 0.2);
  EXPECT_DOUBLE_EQ(lines(15), 0.6);
  EXPECT_EQ(lines(20), 1);
  EXPECT_DOUBLE_EQ(lines(35), 0.25);
  EXPECT_EQ(lines(40), 0);
  EXPECT_EQ(lines(1000), 0);
}

TEST(ScheduleTest, RestartsBeginAtThePeak) {
  const Schedule same = WarmRestarts(1, 10), growing = WarmRestarts(1, 10, 2);
  for (int64_t start : {0, 10, 20, 1000000}) EXPECT_EQ(same(start), 1) << start;
  for (int64_t start : {0, 10, 30, 70}) EXPECT_EQ(growing(start), 1) << start;
  EXPECT_DOUBLE_EQ(growing(20), 0.5);
  EXPECT_LT(growing(69), 0.01);
}

TEST(ScheduleTest, OneCycleGoesUpAndFurtherDown) {
  const Schedule cycle = OneCycle(1, 100);
  EXPECT_NEAR(cycle(0), 1.0 / 25, 1e-15);  // 1 - 24 / 25, to the rounding of 1
  EXPECT_DOUBLE_EQ(cycle(29), 1);
  EXPECT_NEAR(cycle(99), 1.0 / 25e4, 1e-15);
  EXPECT_EQ(cycle(100), cycle(99));
  EXPECT_EQ(OneCycle(1, 1)(0), 1);
}

TEST(ScheduleTest, WarmUpClimbsALineAndHandsOver) {
  const Schedule warm = LinearWarmup(4, CosineDecay(1, 10));
  EXPECT_EQ(warm(0), 0.25);
  EXPECT_EQ(warm(3), 1);
  EXPECT_EQ(warm(4), 1);
  EXPECT_EQ(warm(9), CosineDecay(1, 10)(5));
  EXPECT_EQ(LinearWarmup(0, Constant(3))(0), 3);
}

// None leaves (0, peak] before the end, and all but the constant end below the peak; in trainings of any length.
TEST(ScheduleTest, EveryNameIsASchedule) {
  for (const std::string& name : ScheduleNames()) {
    for (int64_t steps : {1, 2, 7, 1000}) {
      const auto schedule = ParseSchedule(name, 0.5, steps);
      ASSERT_TRUE(schedule.ok()) << name;
      double highest = 0;
      for (int64_t step = 0; step < steps; ++step) {
        const double rate = (*schedule)(step);
        ASSERT_GT(rate, 0) << name << " step " << step << " of " << steps;
        highest = std::max(highest, rate);
      }
      EXPECT_LE(highest, 0.5 + 1e-12) << name << " " << steps;
      const bool between = name == "one_cycle" && steps < 10;  // two steps lies its peak
      if (!between || steps == 1) {
        EXPECT_GE(highest, 0.5 - 1e-12) << name << " " << steps;
      }
      if (steps == 1000 && name.find("constant") == std::string::npos) {
        EXPECT_LT((*schedule)(steps - 1), 0.1) << name;
      }
    }
  }
}

TEST(ScheduleTest, AnUnknownNameGetsTheNearest) {
  const std::string message(ParseSchedule("cosin", 1, 10).status().message());
  EXPECT_NE(message.find("unknown schedule 'cosin'; did you mean 'cosine'?"), std::string::npos) << message;
}

TEST(ScheduleDeathTest, ImpossibleOnesAreMistakes) {
  EXPECT_DEATH(StepDecay(1, 0), "every 0 steps");
  EXPECT_DEATH(MultiStepDecay(1, {2, 1}), "must ascend");
  EXPECT_DEATH(CosineDecay(1, 0), "0 steps");
  EXPECT_DEATH(PolynomialDecay(1, 0), "0 steps");
  EXPECT_DEATH(WarmRestarts(1, 5, 0), "grows by 0");
  EXPECT_DEATH(OneCycle(1, 10, 1), "share between 0 and 1");
}

}  // namespace
}  // namespace dl
