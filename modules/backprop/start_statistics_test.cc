#include "modules/backprop/start_statistics.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/mlp.h"

namespace dl {
namespace {

TEST(StartStatisticsTest, ZerosGuessAndNeverLearn) {
  Random random(1);
  Sequential mlp = Mlp({2, 8, 8, 3}, Elementwise::kReLU, random, ZeroInit);
  const StartStatistics start =
      StartStatisticsOf(mlp, Tensor::Of({3, 2}, {1, 2, 3, 4, 5, 6}), std::vector<int32_t>{0, 1, 2});
  EXPECT_FLOAT_EQ(static_cast<float>(start.loss), std::log(3.0f));
  EXPECT_EQ(start.first_gradient, 0);
  ASSERT_EQ(start.layers.size(), 2u);
  EXPECT_EQ(start.layers[1].dead, 1);
  EXPECT_EQ(start.layers[1].histogram.zeros, 1);
}

// Units x, -x and -|x|-like: on x = 1, 2 the second rectifier is never active, the others are 1, 2 and 10, 20.
TEST(StartStatisticsTest, AUnitThatIsNeverActiveIsDead) {
  Random random(1);
  Sequential mlp = Mlp({1, 4, 2}, Elementwise::kReLU, random, [](const Shape& shape, Random&) {
    return shape[0] == 4 ? Tensor::Of(shape, {1, -1, 10, 1}) : Tensor::Of(shape, {1, 0, 0, 0, 0, 0, 0, 0});
  });
  const StartStatistics start = StartStatisticsOf(mlp, Tensor::Of({2, 1}, {1, 2}), std::vector<int32_t>{1, 1});
  EXPECT_EQ(start.layers[0].dead, 0.25);
  EXPECT_EQ(start.layers[0].histogram.zeros, 0.25);
  // Activations 1 0 10 1, 2 0 20 2: mean 4.5, mean square 510 / 8.
  EXPECT_NEAR(start.layers[0].deviation, std::sqrt(510.0 / 8 - 4.5 * 4.5), 1e-6);
  // The logits are (x, 0), the label the second: dL/dx = sigmoid(x), the mean over two examples times x.
  const auto sigmoid = [](double z) { return 1 / (1 + std::exp(-z)); };
  EXPECT_NEAR(start.first_gradient, (sigmoid(1) * 1 + sigmoid(2) * 2) / 2, 1e-6);
}

}  // namespace
}  // namespace dl
