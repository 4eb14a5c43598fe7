#include "modules/cnn/lenet.h"

#include <sstream>

#include "datasets/catalog.h"
#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/optimizers/optimizer.h"
#include "modules/primitives/allocator.h"
#include "modules/primitives/testing.h"
#include "modules/training/classifier.h"

namespace dl {
namespace {

TEST(LeNetTest, HasTheParametersOfTheArchitecture) {
  Random random(1);
  Sequential lenet = LeNet5(random);
  EXPECT_EQ(ParameterCount(lenet), 61706);
  EXPECT_EQ(lenet.Forward(Tensor::Zeros({2, 1, 28, 28}), {}).shape(), (Shape{2, 10}));
}

// An MLP of four times the parameters stays below 0.9 on so few glyphs after two passes.
TEST(LeNetTest, ReadsGlyphs) {
  const TrainTest data = *LoadDataset("glyphs", {.train_size = 4096, .test_size = 1000});
  Random random(1);
  Sequential lenet = LeNet5(random);
  const auto adam = Adam(Variables(lenet), {.rate = Constant(2e-3)});
  std::ostringstream out;
  Progress progress(out, {});
  const auto metrics = TrainClassifier(lenet, *adam, data, {.name = "lenet", .epochs = 2}, progress);
  ASSERT_TRUE(metrics.ok()) << metrics.status();
  EXPECT_GT(metrics->back().test.accuracy, 0.93);
}

TEST(LeNetTest, ASteadyStepAllocatesNothingFromTheSystem) {
  Random random(1);
  Sequential lenet = LeNet5(random);
  const auto sgd = Sgd(Variables(lenet), {.rate = Constant(1e-2), .momentum = 0.9});
  const Tensor x = testing::RandomTensor({8, 1, 28, 28}, 1);
  const std::vector<int32_t> labels(8, 3);
  int64_t before = 0;
  for (int step = 0; step < 6; ++step) {
    if (step == 3) before = GetAllocatorStats().system_allocations;
    sgd->Step(Gradients(CrossEntropy(lenet.Forward(x, {.training = true}), labels), sgd->parameters()));
  }
  EXPECT_EQ(GetAllocatorStats().system_allocations, before);
}

}  // namespace
}  // namespace dl
