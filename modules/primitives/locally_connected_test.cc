#include "modules/primitives/locally_connected.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "modules/primitives/convolution.h"
#include "modules/primitives/reference/locally_connected.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::FromTensor;

struct Case {
  Shape x, w;
  LocallyConnectedOptions options;
};

// The usual; padding; strides that leave pixels over; a window that is the image; windows mostly in the padding; a
// batch for several threads.
const Case kCases[] = {
    {{2, 3, 6, 7}, {4, 3, 3, 3, 4, 5}, {}},
    {{2, 3, 6, 7}, {4, 3, 3, 3, 6, 7}, {.padding = 1}},
    {{1, 2, 8, 9}, {3, 2, 3, 3, 3, 4}, {.stride = 2}},
    {{2, 2, 8, 9}, {3, 2, 3, 5, 4, 4}, {.stride = 2, .padding = 1}},
    {{3, 2, 4, 5}, {2, 2, 4, 5, 1, 1}, {}},
    {{1, 1, 2, 2}, {1, 1, 3, 3, 6, 6}, {.padding = 3}},
    {{1, 1, 2, 2}, {2, 1, 3, 3, 2, 2}, {.stride = 3, .padding = 3}},
    {{20, 3, 14, 14}, {8, 3, 5, 5, 14, 14}, {.padding = 2}},
};

TEST(LocallyConnectedTest, EqualsItsTwin) {
  for (const auto& [x_shape, w_shape, options] : kCases) {
    SCOPED_TRACE(ToString(x_shape) + " " + ToString(w_shape));
    const Shape y_shape = {x_shape[0], w_shape[0], w_shape[4], w_shape[5]},
                b_shape = {w_shape[0], w_shape[4], w_shape[5]};
    const Tensor x = testing::RandomTensor(x_shape, 1), w = testing::RandomTensor(w_shape, 2);
    const Tensor b = testing::RandomTensor(b_shape, 3), dy = testing::RandomTensor(y_shape, 4);
    const auto ax = FromTensor<double>(x), aw = FromTensor<double>(w), ady = FromTensor<double>(dy);
    EXPECT_LE(testing::RelativeL2(LocallyConnected(x, w, b, options),
                                  reference::LocallyConnected(ax, aw, FromTensor<double>(b), options)),
              testing::kF32Tolerance);
    EXPECT_LE(testing::RelativeL2(LocallyConnectedBackwardData(dy, w, x_shape, options),
                                  reference::LocallyConnectedBackwardData(ady, aw, x_shape, options)),
              testing::kF32Tolerance);
    const LocallyConnectedGradients gradients = LocallyConnectedBackwardWeights(x, dy, w_shape, options);
    const auto twin = reference::LocallyConnectedBackwardWeights(ax, ady, w_shape, options);
    EXPECT_LE(testing::RelativeL2(gradients.dw, twin.dw), testing::kF32Tolerance);
    EXPECT_LE(testing::RelativeL2(gradients.db, twin.db), testing::kF32Tolerance);
  }
}

// With one filter at every place it is the convolution.
TEST(LocallyConnectedTest, SharedWeightsMakeAConvolution) {
  const Tensor x = testing::RandomTensor({2, 3, 6, 6}, 1), filter = testing::RandomTensor({4, 3, 3, 3}, 2);
  Tensor w({4, 3, 3, 3, 6, 6});
  for (int64_t i = 0; i < w.size(); ++i) w.mutable_data()[i] = filter.data()[i / 36];
  const Tensor y = LocallyConnected(x, w, Tensor::Zeros({4, 6, 6}), {.padding = 1});
  EXPECT_LE(testing::RelativeL2(y, FromTensor<double>(Convolution(x, filter, Tensor(), {.padding = 1}))),
            testing::kF32Tolerance);
}

TEST(LocallyConnectedTest, F64IsTheTwin) {
  const auto& [x_shape, w_shape, options] = kCases[3];
  const Tensor x = testing::RandomF64Tensor(x_shape, 1), w = testing::RandomF64Tensor(w_shape, 2);
  const Tensor b = testing::RandomF64Tensor({3, 4, 4}, 3);
  EXPECT_TRUE(testing::IsExactly(
      LocallyConnected(x, w, b, options),
      reference::LocallyConnected(FromTensor<double>(x), FromTensor<double>(w), FromTensor<double>(b), options)));
}

TEST(LocallyConnectedDeathTest, NamesWhatDoesNotFit) {
  const Tensor x = Tensor::Zeros({2, 3, 6, 6}), b = Tensor::Zeros({4, 4, 4});
  EXPECT_DEATH(LocallyConnected(x, Tensor::Zeros({4, 2, 3, 3, 4, 4}), b), "x is \\[2, 3, 6, 6\\], w is \\[4, 2, 3");
  EXPECT_DEATH(LocallyConnected(x, Tensor::Zeros({4, 3, 3, 3, 4, 5}), b), "axis 5 of w must count the places");
  EXPECT_DEATH(LocallyConnected(x, Tensor::Zeros({4, 3, 3, 3, 4, 4}), Tensor::Zeros({4})), "b must be \\[K, Ho, Wo\\]");
}

}  // namespace
}  // namespace dl
