#include "modules/optimizers/lookahead.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

// Algorithm 1 of the paper by hand: k = 2, α = ½, steps of 1 from 10: 9, 8 → 9; 8, 7 → 8.
TEST(LookaheadTest, SlowWeightsGoPartOfTheWay) {
  const Variable p = Tensor::Of({1}, {10});
  const auto lookahead = Lookahead({.every = 2, .alpha = Constant(0.5)}, Sgd({p}, {.rate = Constant(1)}));
  for (float expected : {9.0f, 9.0f, 8.0f, 8.0f}) {
    lookahead->Step({Tensor::Of({1}, {1})});
    EXPECT_EQ(p.value().item(), expected);
  }
}

TEST(LookaheadTest, AllTheWayIsTheInnerOptimizer) {
  const Variable p = Tensor::Full({1}, 10, DType::kF64), q = Tensor::Full({1}, 10, DType::kF64);
  const auto lookahead = Lookahead({.every = 3, .alpha = Constant(1)}, Adam({p}, {}));
  const auto adam = Adam({q}, {});
  for (int i = 0; i < 10; ++i) {
    lookahead->Step({Tensor::Full({1}, i, DType::kF64)});
    adam->Step({Tensor::Full({1}, i, DType::kF64)});
  }
  EXPECT_DOUBLE_EQ(p.value().item(), q.value().item());
}

// With α = ½ at steps 1 and 3, and back at step 2: 10, 9, 8 → 9; 8 → 9; 8 → 8½.
TEST(LookaheadTest, ParametersReturnToTheSlowWeights) {
  const Variable p = Tensor::Of({1}, {10});
  const auto lookahead =
      Lookahead({.every = 2, .alpha = Constant(0.5), .return_every = 3}, Sgd({p}, {.rate = Constant(1)}));
  for (float expected : {9.0f, 9.0f, 9.0f, 8.5f}) {
    lookahead->Step({Tensor::Of({1}, {1})});
    EXPECT_EQ(p.value().item(), expected);
  }
}

// From step 2 on, with α = 1/2 at step 3: 10, 9, 8 → slow 8; 7, 6 → 7. The companion, which is 4 when the slow weights
// begin and 0 when they move, comes to 2.
TEST(LookaheadTest, BeginsLaterAndTakesRunningAveragesAlong) {
  const Variable p = Tensor::Of({1}, {10});
  Variable companion = Tensor::Of({1}, {4});
  const auto half_at_3 = [](int64_t step) { return step == 3 ? 0.5 : 1.0; };
  const auto lookahead =
      Lookahead({.every = 2, .alpha = half_at_3, .begin = 2, .also = {companion}}, Sgd({p}, {.rate = Constant(1)}));
  for (float expected : {9.0f, 8.0f, 7.0f, 7.0f}) {
    if (lookahead->step() == 3) companion.mutable_value() = Tensor::Of({1}, {0});
    lookahead->Step({Tensor::Of({1}, {1})});
    EXPECT_EQ(p.value().item(), expected);
  }
  EXPECT_EQ(companion.value().item(), 2);
}

TEST(LookaheadDeathTest, ImpossibleOptionsAreMistakes) {
  EXPECT_DEATH(Lookahead({.every = 0}, Sgd({}, {})), "every 0 steps");
  EXPECT_DEATH(Lookahead({.alpha = Constant(0)}, Sgd({}, {})), "alpha is 0; it must be in");
}

}  // namespace
}  // namespace dl
