// Small networks learn what they should, from data to accuracy: every room at once.
#include <sstream>

#include "datasets/catalog.h"
#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/cnn/lenet.h"
#include "modules/optimizers/optimizer.h"
#include "modules/primitives/allocator.h"
#include "modules/primitives/testing.h"
#include "modules/training/classifier.h"

namespace dl {
namespace {

std::vector<EpochMetrics> Train(Sequential& model, const TrainTest& data, int64_t epochs) {
  const auto adam = Adam(Variables(model), {.rate = Constant(2e-3)});
  std::ostringstream out;
  Progress progress(out, {});
  return *TrainClassifier(model, *adam, data, {.name = "test", .epochs = epochs}, progress);
}

// What both networks are known for on glyphs, from a part of the data and a few passes: the bars lie where a network
// whose gradient lacks a term, or whose data are mixed up, does not come.
TEST(LearningTest, APerceptronAndLeNetReadGlyphs) {
  const TrainTest data = *LoadDataset("glyphs", {.train_size = 8000, .test_size = 1000});
  Random random(1);
  Sequential mlp = Mlp({784, 128, 64, 10}, Elementwise::kReLU, random);
  EXPECT_GT(Train(mlp, data, 8).back().test.accuracy, 0.93);
  Sequential lenet = LeNet5(random);
  EXPECT_GT(Train(lenet, data, 4).back().test.accuracy, 0.97);
}

TEST(LearningTest, SameSeedSameBytes) {
  const TrainTest data = *LoadDataset("glyphs", {.train_size = 640, .test_size = 100});
  std::vector<std::vector<float>> weights;
  for (int run = 0; run < 2; ++run) {
    Random random(3);
    Sequential lenet = LeNet5(random);
    Train(lenet, data, 1);
    const Tensor last = Variables(lenet).back().value();
    weights.emplace_back(last.values().begin(), last.values().end());
  }
  EXPECT_EQ(weights[0], weights[1]);
}

TEST(LearningTest, ASteadyStepOfLeNetAllocatesNothingFromTheSystem) {
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
