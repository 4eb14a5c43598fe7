#include "modules/transfer/neighbour_purity.h"

#include "gtest/gtest.h"
#include "modules/primitives/testing.h"
#include "modules/transfer/testing.h"

namespace dl {
namespace {

// On a line: neighbours of 0: 1, 3; of 1: 0, 3; of 3: 1, 0; of 10: 3, 1.
TEST(NeighbourPurityTest, FourPointsByHand) {
  const Tensor x = Tensor::Of({4, 1}, {0, 1, 3, 10});
  const std::vector<int32_t> labels = {0, 0, 1, 1};
  EXPECT_DOUBLE_EQ(NeighbourPurity(x, labels, 1), 3.0 / 4);  // 10's nearest is 3; 3's is 1
  EXPECT_DOUBLE_EQ(NeighbourPurity(x, labels, 2), (1 + 1 + 0 + 1) / 8.0);
  EXPECT_DOUBLE_EQ(NeighbourPurity(x, labels, 3), 1.0 / 3);
}

TEST(NeighbourPurityTest, TheFirstAmongEquallyNear) {
  const Tensor x = Tensor::Of({3, 1}, {0, -2, 2});
  EXPECT_DOUBLE_EQ(NeighbourPurity(x, std::vector<int32_t>{0, 0, 1}, 1), 2.0 / 3);
  EXPECT_DOUBLE_EQ(NeighbourPurity(x, std::vector<int32_t>{0, 1, 0}, 1), 1.0 / 3);
}

TEST(NeighbourPurityTest, MixedClassesHaveTheirShare) {
  const std::vector<int32_t> labels = testing::RoundRobin(600, 4);
  EXPECT_NEAR(NeighbourPurity(testing::RandomTensor({600, 3}, 1), labels, 10), 0.25, 0.03);
}

TEST(NeighbourPurityDeathTest, NoSoManyNeighbours) {
  EXPECT_DEATH(NeighbourPurity(Tensor::Zeros({3, 1}), std::vector<int32_t>{0, 1, 0}, 3), "3 neighbours of 3 examples");
}

}  // namespace
}  // namespace dl
