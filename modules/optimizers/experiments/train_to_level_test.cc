#include "modules/optimizers/experiments/train_to_level.h"

#include "datasets/points.h"
#include "gtest/gtest.h"
#include "modules/backprop/mlp.h"

namespace dl {
namespace {

Sequential SmallNet(uint64_t seed) {
  Random random(seed);
  return Mlp({2, 16, 3}, Elementwise::kReLU, random);
}

class TrainToLevelTest : public ::testing::Test {
 protected:
  const Dataset blobs_ = MakeBlobs({.count = 300, .spread = 0.5f}, Random(1));
  LevelTask task_{SmallNet, blobs_};
  LevelOptions options_{.optimizer = ParseOptimizer("sgd").value(), .most_steps = 400};
};

TEST_F(TrainToLevelTest, EndsAtTheLevelWithThePathThere) {
  auto run = TrainToLevel(task_, options_, 0.1, 1);
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_TRUE(run->reached);
  EXPECT_EQ(run->diverged_at, 0);
  ASSERT_GE(run->path.size(), 3u);
  for (size_t i = 0; i < run->path.size(); ++i) {
    EXPECT_EQ(run->path[i].step, static_cast<int64_t>(10 * i));
    if (i >= 2) {
      EXPECT_EQ(run->path[i].loss <= 0.05, i + 1 == run->path.size()) << i;
    }
  }
  EXPECT_EQ(run->path.back().weights, WeightsOf(Variables(run->model)));
  EXPECT_EQ(run->path.back().loss, task_.Loss(run->model));
  const Sequential start = SmallNet(1);
  EXPECT_EQ(run->path.front().weights, WeightsOf(Variables(start)));
}

TEST_F(TrainToLevelTest, EndsAtTheLastStepWhereTheLevelIsOutOfReach) {
  options_.level = 1e-9;
  options_.most_steps = 50;
  const auto run = TrainToLevel(task_, options_, 0.1, 1);
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_FALSE(run->reached);
  EXPECT_EQ(run->path.back().step, 50);
}

TEST_F(TrainToLevelTest, SaysWhereItDiverged) {
  const auto run = TrainToLevel(task_, options_, 1e9, 1);
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_FALSE(run->reached);
  EXPECT_EQ(run->diverged_at, 2);  // the first step goes too far, the second sees it
}

TEST_F(TrainToLevelTest, TheFastestRunIsTheOneOfTheFewestSteps) {
  const Dataset spirals = MakeSpirals({.count = 300}, Random(1));
  const LevelTask task(SmallNet, spirals);
  options_ = {.optimizer = ParseOptimizer("adam").value(), .level = 0.4, .most_steps = 1000, .steps_between = 1};
  const std::vector<double> rates = {0.03, 0.4, 0.7, 1e9, 0.3};
  const auto fastest = FastestToLevel(task, options_, rates, 1);
  ASSERT_TRUE(fastest.ok()) << fastest.status();
  EXPECT_TRUE(fastest->reached);
  for (double rate : rates) {
    const auto run = TrainToLevel(task, options_, rate, 1);
    ASSERT_TRUE(run.ok()) << run.status();
    if (rate == fastest->rate) {
      EXPECT_EQ(run->path.back().step, fastest->path.back().step);
    } else if (run->reached) {
      EXPECT_GT(run->path.back().step, fastest->path.back().step) << rate;
    }
  }
}

TEST_F(TrainToLevelTest, WithoutASuccessTheNearestIsTaken) {
  options_.level = 1e-9;
  options_.most_steps = 50;
  EXPECT_EQ(FastestToLevel(task_, options_, {1e-6, 0.1, 1e9, 1e-3}, 1)->rate, 0.1);
  const auto none = FastestToLevel(task_, options_, {1e12, 1e9}, 1);
  EXPECT_EQ(none->rate, 1e9);
  EXPECT_GT(none->diverged_at, 0);
}

}  // namespace
}  // namespace dl
