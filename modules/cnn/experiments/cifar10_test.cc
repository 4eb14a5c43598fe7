#include "modules/cnn/experiments/cifar10.h"

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

TEST(Cifar10Test, FourNetworksCompete) {
  Cifar10 cifar10;
  const auto result = testing::RunExperiment(
      cifar10, {"--dataset=shapes", "--train_size=32", "--test_size=10", "--epochs=1", "--batch_size=16", "--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(testing::SummaryColumn(*result, "network"),
            (std::vector<std::string>{"small-cnn", "3c3d", "resnet20", "fast-cifar"}));
  EXPECT_EQ(result->summary.rows()[2][2], "269722");
}

}  // namespace
}  // namespace dl
