#include "modules/transfer/leep.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/softmax.h"
#include "modules/transfer/testing.h"

namespace dl {
namespace {

// P(0|0) = 0.8/1.2, P(0|1) = 0.2/0.8, P(1|0) = 0.4/1.2, P(1|1) = 0.6/0.8.
TEST(LeepTest, TwoExamplesByHand) {
  const Tensor theta = Tensor::Of({2, 2}, {0.8f, 0.2f, 0.4f, 0.6f});
  const std::vector<int32_t> labels = {0, 1};
  const double first = 0.8 * 0.8 / 1.2 + 0.2 * 0.2 / 0.8, second = 0.4 * 0.4 / 1.2 + 0.6 * 0.6 / 0.8;
  EXPECT_NEAR(Leep(theta, labels), (std::log(first) + std::log(second)) / 2, 1e-7);
}

TEST(LeepTest, ItsBounds) {
  const std::vector<int32_t> labels = {0, 1, 0, 2};
  // Each label has source classes of its own: they say all. A class that nobody is in changes nothing.
  EXPECT_NEAR(Leep(Tensor::Of({4, 4}, {1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0}), labels), 0, 1e-15);
  // Predictions that do not look leave the labels' own entropy.
  EXPECT_NEAR(Leep(Tensor::Full({4, 5}, 0.2), labels), -1.5 * std::log(2), 1e-7);
}

// By NumPy: softmax(4 wave) of [12, 5], labels i % 3, P(y, z) = onehot(y).T @ θ / 12.
TEST(LeepTest, IsWhatNumPyComputes) {
  const Tensor theta = Softmax(Scale(testing::Wave({12, 5}, 0), 4));
  EXPECT_NEAR(Leep(theta, testing::RoundRobin(12, 3)), -0.880918095305236, 1e-12);
}

TEST(LeepDeathTest, ALabelForEachRow) {
  EXPECT_DEATH(Leep(Tensor::Full({4, 5}, 0.2), std::vector<int32_t>{0, 1}), "Leep: 2 labels for 4 examples");
}

}  // namespace
}  // namespace dl
