#include "modules/cnn/nielsen.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(NielsenTest, RungsHaveTheParametersOfTheirArchitectures) {
  Random random(1);
  const int64_t one = (25 + 1) * 20, two = one + (20 * 25 + 1) * 40, output = 101 * 10;
  const std::vector<int64_t> expected = {
      785 * 100 + output,
      one + (20 * 12 * 12 + 1) * 100 + output,
      two + (40 * 4 * 4 + 1) * 100 + output,
      two + 641 * 100 + output,
      two + 641 * 100 + output,
      two + 641 * 100 + 101 * 100 + output,
      two + 641 * 1000 + 1001 * 1000 + 1001 * 10,
  };
  const std::vector<NielsenRung> ladder = NielsenLadder();
  ASSERT_EQ(ladder.size(), expected.size());
  for (size_t i = 0; i < ladder.size(); ++i) {
    Sequential net = Nielsen(random, ladder[i].options);
    EXPECT_EQ(ParameterCount(net), expected[i]) << ladder[i].name;
    EXPECT_EQ(net.Forward(Tensor::Zeros({2, 1, 28, 28}), {}).shape(), (Shape{2, 10})) << ladder[i].name;
  }
}

TEST(NielsenTest, TakesOtherImages) {
  Random random(1);
  EXPECT_EQ(Nielsen(random, {.channels = 3, .size = 32}).Forward(Tensor::Zeros({2, 3, 32, 32}), {}).shape(),
            (Shape{2, 10}));
  EXPECT_DEATH(Nielsen(random, {.size = 15}), "side 15 are too small for 2 convolutions");
}

}  // namespace
}  // namespace dl
