#include "modules/cnn/experiments/augmentation.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {"--dataset=glyphs", "--train_size=80", "--validation_size=20", "--test_size=20", "--batch_size=10",
                    "--epochs=2", "--rates=0.003", "--augmentations=none,crop:4,mixup:1", "--seeds=1,2"});
  Augmentation experiment;
  return testing::RunExperiment(experiment, arguments);
}

// summary: dataset, train_size, augmentation, learning_rate, ..., n, gain_mean, gain_std.
TEST(AugmentationTest, PartsOfTheTrainingSetAreGoneOverMoreOften) {
  const auto result = RunWith({"--parts=4,1"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 2u * 3u);
  EXPECT_EQ(rows[0][1], "20");
  EXPECT_EQ(rows[3][1], "80");
  EXPECT_EQ(result->metrics.rows().size(), 3u * 2u * (8u + 2u));  // epochs
}

TEST(AugmentationTest, AugmentationsDifferAndTheGainIsOverNone) {
  const auto result = RunWith({"--parts=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  EXPECT_EQ(rows[0][13], "0");
  for (size_t i = 1; i < 3; ++i) {
    EXPECT_NE(rows[i][4], rows[0][4]);                                                         // train_loss_mean
    EXPECT_NEAR(std::stod(rows[i][13]), std::stod(rows[i][8]) - std::stod(rows[0][8]), 1e-5);  // test_accuracy_mean
  }
  const auto without = RunWith({"--parts=1", "--augmentations=crop:4"});
  ASSERT_TRUE(without.ok()) << without.status();
  EXPECT_EQ(without->summary.rows()[0][13], "");
}

TEST(AugmentationTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_THAT(std::string(status.message()), ::testing::StartsWith(message));
  };
  expect("--augmentations=", "flag --augmentations wants at least one value");
  expect("--augmentations=flop", "unknown augmentation 'flop'; did you mean 'flip'");
  expect("--augmentations=crop:28", "");
  expect("--parts=0", "flag --parts wants numbers of 1 to 8 (--train_size / batch_size), not 0");
  expect("--parts=9", "flag --parts wants numbers of 1 to 8 (--train_size / batch_size), not 9");
  expect("--rates=0", "flag --rates wants positive numbers, not 0");
}

}  // namespace
}  // namespace dl
