#include "modules/optimizers/weight_average.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

// Of a weight that jumps from 0 to 1 and stays, the mean is 1 - decay^t: to float's rounding, 2⁻²⁴ a step.
TEST(WeightAverageTest, FollowsWithItsDecay) {
  Variable p = Tensor::Zeros({3});
  WeightAverage average({p}, 0.9);
  p.mutable_value() = Tensor::Full({3}, 1);
  for (int t = 1; t <= 20; ++t) {
    average.Update();
    EXPECT_NEAR(average.mean()[0].data()[2], 1 - std::pow(0.9, t), t * 1.2e-7);
  }
  EXPECT_EQ(p.value().data()[0], 1);
}

TEST(WeightAverageTest, SwapsThereAndBack) {
  Variable p = Tensor::Of({1}, {4});
  WeightAverage average({p}, 0.5);
  p.mutable_value() = Tensor::Of({1}, {8});
  average.Update();
  average.Swap();
  EXPECT_EQ(p.value().item(), 6);
  average.Swap();
  EXPECT_EQ(p.value().item(), 8);
  EXPECT_EQ(average.mean()[0].item(), 6);
}

TEST(WeightAverageDeathTest, ADecayOfOneNeverMoves) { EXPECT_DEATH(WeightAverage({}, 1), "must be in \\[0, 1\\)"); }

}  // namespace
}  // namespace dl
