#include "modules/optimizers/optimizer.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(OptimizerTest, SgdStepsDownhillAndCountsTime) {
  const Variable p = Tensor::Of({2}, {1, -2});
  const auto sgd = Sgd({p}, {.rate = Constant(0.5)});
  sgd->Step({Tensor::Of({2}, {2, 4})});
  EXPECT_EQ(p.value().data()[0], 0.0f);
  EXPECT_EQ(p.value().data()[1], -4.0f);
  EXPECT_EQ(sgd->step(), 1);
}

TEST(OptimizerTest, WeightDecayOfSgdIsL2) {
  const Variable p = Tensor::Of({1}, {10});
  Sgd({p}, {.rate = Constant(0.1), .weight_decay = 0.5})->Step({Tensor::Of({1}, {1})});
  EXPECT_FLOAT_EQ(p.value().item(), 10 - 0.1f * (1 + 0.5f * 10));
}

// Momentum shows that each group keeps its state and hears of every step.
TEST(OptimizerTest, GroupsStepTogetherEachInItsWay) {
  const Variable w = Tensor::Of({1}, {10}), b = Tensor::Of({1}, {10}), c = Tensor::Of({1}, {1});
  std::vector<std::unique_ptr<Optimizer>> parts;
  parts.push_back(Sgd({w}, {.rate = Constant(0.1), .weight_decay = 0.5}));
  parts.push_back(Sgd({b, c}, {.rate = [](int64_t step) { return step == 0 ? 1.0 : 2.0; }, .momentum = 0.5}));
  ParameterGroups groups(std::move(parts));
  ASSERT_EQ(groups.parameters().size(), 3u);
  for (int i = 0; i < 2; ++i) groups.Step({Tensor::Of({1}, {0}), Tensor::Of({1}, {1}), Tensor::Of({1}, {-1})});
  EXPECT_EQ(groups.step(), 2);
  EXPECT_FLOAT_EQ(w.value().item(), 10 * 0.95f * 0.95f);
  EXPECT_FLOAT_EQ(b.value().item(), 10 - 1 - 2 * 1.5f);
  EXPECT_FLOAT_EQ(c.value().item(), 1 + 1 + 2 * 1.5f);
}

// Every step has length η but for ε while the gradient does not change: 1000 float steps drift by rounding only, half a
// unit in the last place (1e-6 near 10) each at most.
TEST(OptimizerTest, AdamOfAConstantGradientMovesEvenly) {
  const Variable p = Tensor::Of({1}, {10});
  const auto adam = Adam({p}, {.rate = Constant(0.01)});
  for (int i = 0; i < 1000; ++i) adam->Step({Tensor::Of({1}, {3})});
  EXPECT_NEAR(p.value().item(), 0.0f, 1000 * 1e-6);
}

// A long tensor is shared among the threads: the result must be that of one.
TEST(OptimizerTest, EveryElementOfALongTensorIsUpdatedOnce) {
  const int64_t n = 100003;
  const Variable p = Tensor::Zeros({n});
  Tensor gradient({n});
  for (int64_t i = 0; i < n; ++i) gradient.mutable_data()[i] = static_cast<float>(i % 1000);
  const auto momentum = Sgd({p}, {.rate = Constant(1), .momentum = 0.5});
  momentum->Step({gradient});
  momentum->Step({gradient});
  for (int64_t i = 0; i < n; ++i) ASSERT_EQ(p.value().data()[i], -2.5f * static_cast<float>(i % 1000)) << i;
}

TEST(OptimizerDeathTest, NamesWhatDoesNotFit) {
  const Variable p = Tensor::Zeros({2});
  const auto sgd = Sgd({p}, {});
  EXPECT_DEATH(sgd->Step({}), "0 gradients for 1 parameters");
  const auto half = Sgd({Tensor({2}, DType::kBF16)}, {});
  EXPECT_DEATH(half->Step({Tensor({2}, DType::kBF16)}), "parameter 0 is bf16; parameters are f32 or f64");
  EXPECT_DEATH(sgd->Step({Tensor::Zeros({2}, DType::kF64)}), "gradient 0 is f64, its parameter is f32");
  EXPECT_DEATH(sgd->Step({Tensor::Zeros({3})}), "gradient 0 is \\[3\\], its parameter is \\[2\\]");
}

}  // namespace
}  // namespace dl
