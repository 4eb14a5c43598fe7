#include "modules/transfer/silhouette.h"

#include "gtest/gtest.h"
#include "modules/primitives/testing.h"
#include "modules/transfer/testing.h"

namespace dl {
namespace {

// On a line, classes {0, 2} and {5, 9} and {20} alone: 0 has a = 2, b = 7; 2 has a = 2, b = 5; 5 has a = 4, b = 4;
// 9 has a = 4, b = 8.
TEST(SilhouetteTest, FivePointsByHand) {
  const Tensor x = Tensor::Of({5, 1}, {0, 2, 5, 9, 20});
  EXPECT_NEAR(Silhouette(x, std::vector<int32_t>{0, 0, 1, 1, 3}), (5.0 / 7 + 3.0 / 5 + 0 + 4.0 / 8 + 0) / 5, 1e-12);
}

TEST(SilhouetteTest, FromApartToMixedToSwapped) {
  const std::vector<int32_t> labels = testing::RoundRobin(400, 2);
  Tensor x = testing::RandomTensor({400, 3}, 1);
  EXPECT_NEAR(Silhouette(x, labels), 0, 0.02);
  for (int64_t i = 0; i < 400; i += 2) x.mutable_data()[i * 3] += 1000;
  EXPECT_GT(Silhouette(x, labels), 0.99);
  EXPECT_NEAR(Silhouette(Tensor::Of({4, 1}, {0, 1, 1, 0}), std::vector<int32_t>{0, 0, 1, 1}), -0.5, 1e-12);
}

TEST(SilhouetteTest, EqualExamplesSayNothing) {
  EXPECT_EQ(Silhouette(Tensor::Zeros({4, 2}), std::vector<int32_t>{0, 0, 1, 1}), 0);
}

TEST(SilhouetteDeathTest, OneClassHasNoNext) {
  EXPECT_DEATH(Silhouette(Tensor::Zeros({2, 1}), std::vector<int32_t>{1, 1}), "all examples are of one class");
}

}  // namespace
}  // namespace dl
