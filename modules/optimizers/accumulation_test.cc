#include "modules/optimizers/accumulation.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

// Four small batches of equal size are one large one: whatever the inner optimizer, it sees the mean.
TEST(AccumulationTest, StepsOnTheMeanOfEveryFew) {
  const Variable p = Tensor::Of({1}, {10}), q = Tensor::Of({1}, {10});
  const auto often = AccumulateGradients(4, Sgd({p}, {.rate = StepDecay(1, 1, 0.5), .momentum = 0.5}));
  const auto once = Sgd({q}, {.rate = StepDecay(1, 1, 0.5), .momentum = 0.5});
  const Tensor shared = Tensor::Of({1}, {1});  // which a graph still holds
  for (int round = 0; round < 2; ++round) {
    for (float g : {1.0f, 2.0f, 3.0f, 6.0f}) {
      EXPECT_EQ(p.value().item(), q.value().item());
      often->Step({g == 1 ? shared : Tensor::Of({1}, {g})});
    }
    once->Step({Tensor::Of({1}, {3})});
    EXPECT_EQ(p.value().item(), q.value().item());
  }
  EXPECT_EQ(often->step(), 8);
  EXPECT_EQ(shared.item(), 1);
}

TEST(AccumulationDeathTest, OverNoSteps) { EXPECT_DEATH(AccumulateGradients(0, Sgd({}, {})), "1 or more"); }

}  // namespace
}  // namespace dl
