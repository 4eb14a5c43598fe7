#include "modules/cnn/ops.h"

#include <functional>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/primitives/reference/convolution.h"
#include "modules/primitives/reference/pooling.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using Array = reference::Array<double>;
using reference::FromTensor;
using testing::RelativeL2;

// Compares the graph's gradients of sum(y dy) with those of the twins, which are proved in double where they stand.
TEST(CnnOpsTest, ConvolutionsGradientsAreItsTwins) {
  const Variable x = testing::RandomTensor({2, 4, 7, 7}, 1), w = testing::RandomTensor({6, 2, 3, 3}, 2),
                 b = testing::RandomTensor({6}, 3);
  const ConvolutionOptions options = {.stride = 2, .padding = 1, .groups = 2};
  const Variable y = Convolution(x, w, b, options);
  const Tensor dy = testing::RandomTensor(y.shape(), 4);
  const auto gradients = Gradients(Sum(y * Variable(dy)), {x, w, b});
  const Array ax = FromTensor<double>(x.value()), aw = FromTensor<double>(w.value()), ady = FromTensor<double>(dy);
  EXPECT_LE(RelativeL2(gradients[0], reference::ConvolutionBackwardData(ady, aw, x.shape(), options)),
            testing::kF32Tolerance);
  const auto expected = reference::ConvolutionBackwardWeights(ax, ady, w.shape(), options);
  EXPECT_LE(RelativeL2(gradients[1], expected), testing::kF32Tolerance);
  EXPECT_LE(RelativeL2(gradients[2], reference::ConvolutionBackwardBias(ady)), testing::kF32Tolerance);
  const auto without_bias = Gradients(Sum(Convolution(x, w, options) * Variable(dy)), {w, x});
  EXPECT_LE(RelativeL2(without_bias[0], expected), testing::kF32Tolerance);
  EXPECT_LE(RelativeL2(without_bias[1], FromTensor<double>(gradients[0])), testing::kF32Tolerance);
}

TEST(CnnOpsTest, PoolingSendsGradientsWhereTheyBelong) {
  const Variable x = Tensor::Of({1, 1, 2, 4}, {1, 5, 2, 0, 3, 4, 8, 6});
  const Tensor dy = Tensor::Of({1, 1, 1, 2}, {10, 20});
  const Tensor by_maximum = ToPlain(Gradients(Sum(MaxPool(x, {}) * Variable(dy)), {x})[0]);
  EXPECT_EQ(std::vector<float>(by_maximum.values().begin(), by_maximum.values().end()),
            (std::vector<float>{0, 10, 0, 0, 0, 0, 20, 0}));
  const Tensor by_mean = ToPlain(Gradients(Sum(AveragePool(x, {}) * Variable(dy)), {x})[0]);
  EXPECT_EQ(std::vector<float>(by_mean.values().begin(), by_mean.values().end()),
            (std::vector<float>{2.5, 2.5, 5, 5, 2.5, 2.5, 5, 5}));
}

}  // namespace
}  // namespace dl
