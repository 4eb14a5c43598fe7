#include "modules/cnn/experiments/fashion.h"

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

TEST(FashionTest, FourNetworksCompete) {
  Fashion fashion;
  const auto result = testing::RunExperiment(
      fashion, {"--dataset=glyphs", "--train_size=64", "--test_size=20", "--epochs=1", "--batch_size=32", "--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(testing::SummaryColumn(*result, "network"),
            (std::vector<std::string>{"lenet-d2l", "lenet", "two-conv-bn", "resnet8"}));
  EXPECT_EQ(result->summary.rows()[0][2], "61706");
  // 288 + 64, 18,432 + 128, and 3136 x 10 + 10.
  EXPECT_EQ(result->summary.rows()[2][2], "50282");
}

TEST(FashionTest, TheyLearn) {
  Fashion fashion;
  const auto result =
      testing::RunExperiment(fashion, {"--dataset=glyphs", "--train_size=1000", "--test_size=200", "--epochs=2",
                                       "--batch_size=32", "--seeds=1", "--networks=lenet,two-conv-bn"});
  ASSERT_TRUE(result.ok()) << result.status();
  for (const auto& row : result->summary.rows()) EXPECT_GT(std::stod(row[10]), 0.4) << row[1];
}

}  // namespace
}  // namespace dl
