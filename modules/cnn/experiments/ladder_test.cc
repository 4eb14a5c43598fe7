#include "modules/cnn/experiments/ladder.h"

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

TEST(LadderTest, ClimbsFromADenseLayerToDropout) {
  Ladder ladder;
  const auto result = testing::RunExperiment(
      ladder, {"--dataset=glyphs", "--train_size=64", "--test_size=20", "--epochs=1", "--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(testing::SummaryColumn(*result, "network"),
            (std::vector<std::string>{"dense", "conv", "two-conv", "relu", "shifted", "two-dense", "dropout"}));
  // 784 x 100 and 100 x 10 with their biases; the last: 20 and 40 maps, 640 x 1000, 1000 x 1000 and 1000 x 10.
  EXPECT_EQ(result->summary.rows()[0][2], "79510");
  EXPECT_EQ(result->summary.rows()[6][2], "1672570");
}

// Rectifiers learn in the epochs of a demonstration what sigmoids have not begun with.
TEST(LadderTest, RectifiersLearnFaster) {
  Ladder ladder;
  const auto result = testing::RunExperiment(ladder, {"--dataset=glyphs", "--train_size=1500", "--test_size=300",
                                                      "--epochs=2", "--seeds=1", "--networks=two-conv,relu"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(std::stod(result->summary.rows()[1][10]), std::stod(result->summary.rows()[0][10]) + 0.2);
  EXPECT_GT(std::stod(result->summary.rows()[1][10]), 0.8);
}

}  // namespace
}  // namespace dl
