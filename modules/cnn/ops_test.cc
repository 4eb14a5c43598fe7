// Values and gradients of every operation are checked by the op table, in backprop/experiments/op_table_test.cc; here
// stands what it does not say.
#include "modules/cnn/ops.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

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

TEST(CnnOpsTest, BatchNormalizationTellsItsStatistics) {
  const Variable x = Tensor::Of({2, 2}, {1, 10, 3, 30});
  const Variable scale = Tensor::Of({2}, {2, 1}), shift = Tensor::Of({2}, {5, 0});
  const BatchNormalized result = BatchNormalization(x, scale, shift);
  EXPECT_FLOAT_EQ(result.statistics.mean.data()[0], 2);
  EXPECT_FLOAT_EQ(result.statistics.mean.data()[1], 20);
  EXPECT_FLOAT_EQ(result.statistics.variance.data()[0], 1);
  EXPECT_FLOAT_EQ(result.statistics.variance.data()[1], 100);
  const Tensor y = ToPlain(result.y.value());
  EXPECT_FLOAT_EQ(y.data()[0], 5 - 2 / std::sqrt(1 + 1e-5f));
  EXPECT_FLOAT_EQ(y.data()[3], 10 / std::sqrt(100 + 1e-5f));
}

}  // namespace
}  // namespace dl
