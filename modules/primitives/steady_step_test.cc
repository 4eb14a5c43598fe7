// A promise across the spatial operations: a later step of training a network, with many channels like a ResNet or with
// few like LeNet, moves no activation into another memory order and asks the operating system for no memory.
#include <vector>

#include "gtest/gtest.h"
#include "modules/primitives/allocator.h"
#include "modules/primitives/batch_normalization.h"
#include "modules/primitives/convolution.h"
#include "modules/primitives/elementwise.h"
#include "modules/primitives/pooling.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

constexpr BatchNormalizationOptions kFusedReLU = {.relu = true};
constexpr PoolingOptions kHalve = {.kernel = 2, .stride = 2}, kGlobal = {.kernel = kWholeMap, .stride = 1};

// Convolution, batch normalisation and ReLU: its parameters, and what the backward pass needs of the forward one.
struct Block {
  Block(int64_t inputs, int64_t outputs, int64_t window, ConvolutionOptions o)
      : options(o),
        w(testing::RandomTensor({outputs, inputs, window, window}, 1)),
        scale(Tensor::Full({outputs}, 1)),
        shift(Tensor::Zeros({outputs})) {}

  Tensor Forward(const Tensor& input) {
    x = input;
    convolved = Convolution(x, w, Tensor(), options);
    normal = BatchNormalization(convolved, scale, shift, kFusedReLU);
    return normal.y;
  }

  // dx, or Tensor() for the first block, whose input has no parameters behind it.
  Tensor Backward(const Tensor& dy, bool first) {
    const auto d = BatchNormalizationBackward(convolved, scale, normal.statistics, normal.relu_mask, dy, kFusedReLU);
    const auto gradients = ConvolutionBackwardWeights(x, d.dx, w.shape(), false, options);
    const Tensor dx = first ? Tensor() : ConvolutionBackwardData(d.dx, w, x.shape(), options);
    w = InLayoutOf(w, gradients.dw);  // what an optimizer does once: the parameter takes over its gradient's order
    return dx;
  }

  ConvolutionOptions options;
  Tensor w, scale, shift, x, convolved;
  BatchNormalizationResult normal;
};

std::vector<Block> Network() {
  return {Block(3, 32, 3, {.padding = 1}), Block(32, 32, 3, {.padding = 1}),
          Block(32, 64, 3, {.stride = 2, .padding = 1}), Block(64, 64, 3, {.padding = 1}), Block(64, 32, 1, {})};
}

Tensor Step(std::vector<Block>& blocks, const Tensor& images) {
  Tensor x = images;
  for (Block& block : blocks) x = block.Forward(x);
  const MaxPoolResult halved = MaxPool(x, kHalve);
  const Tensor y = AveragePool(halved.y, kGlobal);
  Tensor dy = MaxPoolBackward(x, halved.argmax, AveragePoolBackward(halved.y, y, kGlobal), kHalve);
  for (size_t i = blocks.size(); i-- > 0;) dy = blocks[i].Backward(dy, i == 0);
  return y;
}

// Runs `step` until every block of memory that it holds at once is on a free list, then once more under observation.
template <typename Step>
void ExpectSteady(Step step) {
  const Tensor first = ToPlain(step());
  step();
  const int64_t reorders = ReorderCount(), allocations = GetAllocatorStats().system_allocations;
  const Tensor y = step();
  EXPECT_EQ(ReorderCount(), reorders);
  EXPECT_EQ(GetAllocatorStats().system_allocations, allocations);

  // Nothing was learnt, so the same step gave the same numbers, bit for bit.
  const Tensor last = ToPlain(y);
  EXPECT_EQ(std::vector<float>(last.values().begin(), last.values().end()),
            std::vector<float>(first.values().begin(), first.values().end()));
}

TEST(SteadyStepTest, ManyChannels) {
  std::vector<Block> blocks = Network();
  const Tensor images = testing::RandomTensor({16, 3, 16, 16}, 2);
  ExpectSteady([&] { return Step(blocks, images); });
}

TEST(SteadyStepTest, OnlyDirectDataGradientsRewriteTheirWeights) {
  std::vector<Block> blocks = Network();
  const Tensor images = testing::RandomTensor({16, 3, 16, 16}, 2);
  Step(blocks, images);
  const int64_t before = ConvolutionWeightReorders();
  Step(blocks, images);
  EXPECT_LE(ConvolutionWeightReorders() - before, 4);  // once for each data gradient at most
}

TEST(SteadyStepTest, FewChannels) {
  const Tensor images = testing::RandomTensor({20, 1, 20, 20}, 1);
  const Tensor w1 = testing::RandomTensor({6, 1, 5, 5}, 2), b1 = Tensor::Zeros({6});
  const Tensor w2 = testing::RandomTensor({16, 6, 5, 5}, 3), b2 = Tensor::Zeros({16});
  const ConvolutionOptions same = {.padding = 2}, valid = {};
  ExpectSteady([&] {
    const Tensor a1 = Apply(Elementwise::kReLU, Convolution(images, w1, b1, same));
    const MaxPoolResult p1 = MaxPool(a1, kHalve);
    const Tensor a2 = Apply(Elementwise::kReLU, Convolution(p1.y, w2, b2, valid));
    const MaxPoolResult p2 = MaxPool(a2, kHalve);
    const Tensor da2 = ApplyBackward(Elementwise::kReLU, a2, MaxPoolBackward(a2, p2.argmax, p2.y, kHalve));
    ConvolutionBackwardWeights(p1.y, da2, w2.shape(), true, valid);
    const Tensor dp1 = ConvolutionBackwardData(da2, w2, p1.y.shape(), valid);
    const Tensor da1 = ApplyBackward(Elementwise::kReLU, a1, MaxPoolBackward(a1, p1.argmax, dp1, kHalve));
    return ConvolutionBackwardWeights(images, da1, w1.shape(), true, same).dw;
  });
}

}  // namespace
}  // namespace dl
