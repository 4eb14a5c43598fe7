#include "modules/training/milestones.h"

#include <ostream>

#include "datasets/catalog.h"
#include "gtest/gtest.h"
#include "modules/backprop/mlp.h"

namespace dl {
namespace {

TrainTest Moons() { return LoadDataset("moons", {.train_size = 200, .test_size = 50}).value(); }

Sequential Network(float scale = 1) {
  Random random(1);
  return Mlp({2, 8, 2}, Elementwise::kReLU, random, NormalInit(scale));
}

// Twenty steps are two passes: what TrainClassifier measures after its epochs is what is measured at steps 10 and 20.
TEST(MilestonesTest, AgreeWithEpochs) {
  const TrainTest data = Moons();
  Sequential model = Network(), twin = Network();
  const auto sgd = Sgd(Variables(model), {.rate = Constant(0.3)}), same = Sgd(Variables(twin), {.rate = Constant(0.3)});
  const auto run = TrainToMilestones(model, *sgd, data, {3, 10, 20}, 20, 7);
  ASSERT_TRUE(run.ok()) << run.status();
  ASSERT_EQ(run->milestones.size(), 3u);
  EXPECT_EQ(sgd->step(), 20);
  EXPECT_FALSE(run->diverged_at.has_value());
  std::ostream nowhere(nullptr);
  Progress quiet(nowhere, {});
  const auto epochs = TrainClassifier(twin, *same, data, {.epochs = 2, .batch_size = 20, .seed = 7}, quiet);
  ASSERT_TRUE(epochs.ok()) << epochs.status();
  EXPECT_EQ(run->At(10)->test.loss, (*epochs)[0].test.loss);
  EXPECT_EQ(run->At(20)->test.loss, (*epochs)[1].test.loss);
  EXPECT_EQ(run->At(20)->train.loss, Evaluate(twin, data.train, ChannelNormalization(data.train)).loss);
  EXPECT_NE(run->At(3)->train.loss, run->At(10)->train.loss);
  EXPECT_EQ(run->At(4), nullptr);
}

TEST(MilestonesTest, ARunThatDivergesSaysWhere) {
  Sequential model = Network(100);
  const auto sgd = Sgd(Variables(model), {.rate = Constant(1e4)});
  const auto run = TrainToMilestones(model, *sgd, Moons(), {1, 500}, 20, 7);
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(run->milestones.size(), 1u);
  EXPECT_EQ(run->diverged_at, sgd->step() + 1);
  EXPECT_LT(sgd->step(), 10);
  EXPECT_EQ(run->At(500), nullptr);
}

TEST(GrowingStepsTest, GrowByHalfAndHoldWhatIsWanted) {
  EXPECT_EQ(GrowingSteps({16, 7}), (std::vector<int64_t>{1, 2, 3, 4, 6, 7, 9, 13, 16}));
  EXPECT_EQ(GrowingSteps({1, 1}), (std::vector<int64_t>{1}));
}

TEST(MilestonesDeathTest, StepsAscend) {
  Sequential model = Network();
  const auto sgd = Sgd(Variables(model), {});
  EXPECT_DEATH(static_cast<void>(TrainToMilestones(model, *sgd, Moons(), {3, 2}, 20, 1)), "must ascend");
  EXPECT_DEATH(static_cast<void>(TrainToMilestones(model, *sgd, Moons(), {1}, 201, 1)), "201 of 200 examples");
}

}  // namespace
}  // namespace dl
