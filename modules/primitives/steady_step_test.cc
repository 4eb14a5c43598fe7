// A promise across the spatial operations: the second step of training a small residual-like network moves no activation
// into another memory order and asks the operating system for no memory.
#include <vector>

#include "gtest/gtest.h"
#include "modules/primitives/allocator.h"
#include "modules/primitives/batch_normalization.h"
#include "modules/primitives/convolution.h"
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

TEST(SteadyStepTest, ReordersAndAllocatesNothing) {
  std::vector<Block> blocks = Network();
  const Tensor images = testing::RandomTensor({16, 3, 16, 16}, 2);
  const Tensor first = ToPlain(Step(blocks, images));
  Step(blocks, images);  // by now every block of memory that a step holds at once is on a free list

  const int64_t reorders = ReorderCount(), weight_reorders = ConvolutionWeightReorders();
  const int64_t allocations = GetAllocatorStats().system_allocations;
  const Tensor y = Step(blocks, images);
  EXPECT_EQ(ReorderCount(), reorders);
  EXPECT_EQ(GetAllocatorStats().system_allocations, allocations);
  EXPECT_LE(ConvolutionWeightReorders() - weight_reorders, 4);  // once for each data gradient at most

  // Nothing was learnt, so the same step gave the same numbers, bit for bit.
  const Tensor last = ToPlain(y);
  EXPECT_EQ(std::vector<float>(last.values().begin(), last.values().end()),
            std::vector<float>(first.values().begin(), first.values().end()));
}

}  // namespace
}  // namespace dl
