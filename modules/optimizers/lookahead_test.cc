#include "modules/optimizers/lookahead.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

// Algorithm 1 of the paper by hand: k = 2, α = ½, steps of 1 from 10: 9, 8 → 9; 8, 7 → 8.
TEST(LookaheadTest, SlowWeightsGoPartOfTheWay) {
  const Variable p = Tensor::Of({1}, {10});
  const auto lookahead = Lookahead({.every = 2, .alpha = 0.5}, Sgd({p}, {.rate = Constant(1)}));
  for (float expected : {9.0f, 9.0f, 8.0f, 8.0f}) {
    lookahead->Step({Tensor::Of({1}, {1})});
    EXPECT_EQ(p.value().item(), expected);
  }
}

TEST(LookaheadTest, AllTheWayIsTheInnerOptimizer) {
  const Variable p = Tensor::Full({1}, 10, DType::kF64), q = Tensor::Full({1}, 10, DType::kF64);
  const auto lookahead = Lookahead({.every = 3, .alpha = 1}, Adam({p}, {}));
  const auto adam = Adam({q}, {});
  for (int i = 0; i < 10; ++i) {
    lookahead->Step({Tensor::Full({1}, i, DType::kF64)});
    adam->Step({Tensor::Full({1}, i, DType::kF64)});
  }
  EXPECT_DOUBLE_EQ(p.value().item(), q.value().item());
}

TEST(LookaheadDeathTest, ImpossibleOptionsAreMistakes) {
  EXPECT_DEATH(Lookahead({.every = 0}, Sgd({}, {})), "every 0 steps");
  EXPECT_DEATH(Lookahead({.alpha = 0}, Sgd({}, {})), "by 0 of the way");
}

}  // namespace
}  // namespace dl
