// A promise across the rooms: a later step of training a residual network, in f32 or in bf16, moves no activation into
// another memory order and asks the operating system for no memory.
#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/cnn/resnet.h"
#include "modules/optimizers/optimizer.h"
#include "modules/primitives/allocator.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

void ExpectSteady(DType precision) {
  Random random(1);
  Sequential model = ResNet(random, {.widths = {16, 32}, .blocks = {1, 2}});
  const auto optimizer = Sgd(Variables(model), {.rate = Constant(1e-3), .momentum = 0.9});
  const Tensor images = testing::RandomTensor({16, 3, 16, 16}, 1);
  const std::vector<int32_t> labels(16, 3);
  const auto step = [&] {
    const Variable loss = CrossEntropy(model.Forward(AsInput(images, precision), {.training = true}), labels);
    optimizer->Step(Gradients(loss, optimizer->parameters()));
    return loss.value().item();
  };
  const double first = step();
  for (int i = 0; i < 3; ++i) step();  // until every block that is held at once has been on a free list
  const int64_t reorders = ReorderCount(), allocations = GetAllocatorStats().system_allocations;
  const double last = step();
  EXPECT_EQ(ReorderCount(), reorders);
  EXPECT_EQ(GetAllocatorStats().system_allocations, allocations);
  EXPECT_LT(last, first);
}

TEST(SteadyTrainingTest, SinglePrecision) { ExpectSteady(DType::kF32); }
TEST(SteadyTrainingTest, MixedPrecision) { ExpectSteady(DType::kBF16); }

}  // namespace
}  // namespace dl
