#include "modules/cnn/experiments/pooling.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"--train_size=40", "--validation_size=20", "--test_size=20", "--batch_size=10",
                                       "--epochs=2", "--rates=0.003,0.01", "--seeds=1,2"});
  PoolingStudy experiment;
  return testing::RunExperiment(experiment, arguments);
}

// summary: dataset, pooling, head, learning_rate, eight columns and n of the outcome, parameters, multiply_adds.
TEST(PoolingStudyTest, PoolingCostsWorkAndHeadsCostParameters) {
  const auto result = RunWith({"--poolings=max,stride"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0][1] + " " + rows[0][2], "max flatten");
  EXPECT_EQ(rows[1][1] + " " + rows[1][2], "stride flatten");
  EXPECT_EQ(rows[3][1] + " " + rows[3][2], "stride global");
  EXPECT_EQ(rows[0][13], rows[1][13]);
  EXPECT_EQ(std::stoi(rows[1][13]) - std::stoi(rows[3][13]), 32 * 15 * 10);
  const int64_t head = 32 * 16 * 10;  // of the work; the convolutions do a quarter of theirs where they have a stride
  EXPECT_EQ(std::stoll(rows[0][14]), 9 * (3 * 16 * 256 + 16 * 32 * 64) + head);
  EXPECT_EQ(4 * (std::stoll(rows[1][14]) - head), std::stoll(rows[0][14]) - head);
  EXPECT_NE(rows[0][4], rows[1][4]);  // training loss
  EXPECT_EQ(result->metrics.rows().size(), 4u * 2u * 2u);
}

TEST(PoolingStudyTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()), message);
  };
  expect("--poolings=maxx",
         "unknown pooling 'maxx'; did you mean 'max'?; valid: max, max3, average, average3, stride, blur");
  expect("--poolings=", "flag --poolings wants at least one value");
  expect("--heads=mean", "unknown head 'mean'; valid: flatten, global");
  expect("--rates=-1", "flag --rates wants positive numbers, not -1");
  expect("--dataset=glyphs",
         "flag --dataset wants square images that can be halved three times, and those of glyphs are 28 by 28: take "
         "shapes or cifar10");
}

}  // namespace
}  // namespace dl
