#include "modules/backprop/experiments/scalar_engine.h"

#include "absl/strings/numbers.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  ScalarEngine experiment;
  return testing::RunExperiment(experiment, arguments);
}

std::string Text(const Table& table, size_t row, const std::string& column) {
  for (size_t c = 0; c < table.columns().size(); ++c) {
    if (table.columns()[c] == column) return table.rows()[row][c];
  }
  return "no column " + column;
}

double Number(const Table& table, size_t row, const std::string& column) {
  double number = -1;
  EXPECT_TRUE(absl::SimpleAtod(Text(table, row, column), &number)) << Text(table, row, column);
  return number;
}

// micrograd ends at a loss of 0.01098 and at 100 %; other weights and other points end close by.
TEST(ScalarEngineTest, LearnsTheMoonsAsMicrogradDoes) {
  const auto result = RunWith({"--seeds=1,2,3"});
  ASSERT_TRUE(result.ok()) << result.status();
  const Table& summary = result->summary;
  ASSERT_EQ(summary.rows().size(), 1u);
  EXPECT_EQ(Text(summary, 0, "parameters"), "337");
  EXPECT_EQ(Text(summary, 0, "n"), "3");
  EXPECT_EQ(Number(summary, 0, "accuracy_mean"), 1);
  EXPECT_GT(Number(summary, 0, "test_accuracy_mean"), 0.97);
  EXPECT_LT(Number(summary, 0, "loss_mean"), 2 * Number(summary, 0, "published_loss"));
  // What is left of the loss is the penalty, and that is about what the weights had from the start: 304 uniform in ±1,
  // whose squares are 1/3 in the mean.
  EXPECT_NEAR(Number(summary, 0, "penalty_mean"), 1e-4 * 304 / 3, 0.002);
  EXPECT_GE(Number(summary, 0, "loss_mean"), Number(summary, 0, "penalty_mean"));
}

TEST(ScalarEngineTest, OneRowAStepAndSeed) {
  const auto result = RunWith({"--points=20", "--hidden=4", "--steps=7", "--seeds=5,6"});
  ASSERT_TRUE(result.ok()) << result.status();
  const Table& metrics = result->metrics;
  ASSERT_EQ(metrics.rows().size(), 7u * 2u);
  EXPECT_EQ(Text(metrics, 7, "seed"), "6");
  EXPECT_EQ(Text(metrics, 13, "step"), "6");
  EXPECT_EQ(Text(metrics, 13, "model"), "2-4-1");
  EXPECT_EQ(result->seeds, (std::vector<uint64_t>{5, 6}));
  // Each weight multiplies and adds once a point, each of 4 units rectifies; the loss is 2 + 1 + 1 nodes a point, less
  // one sum, and one division; the penalty squares and adds 17 parameters, less one sum, is scaled, and is added.
  EXPECT_EQ(Text(result->summary, 0, "nodes"),
            std::to_string(20 * (2 * 12 + 4) + (4 * 20 - 1 + 1) + (2 * 17 - 1 + 1 + 1)));
}

TEST(ScalarEngineTest, ThePublishedNumbersStandBesideTheirOwnSettingOnly) {
  const auto same = RunWith({"--seeds=1"});
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_EQ(Text(same->summary, 0, "published_loss"), "0.01098");
  EXPECT_EQ(Text(same->metrics, 98, "published_loss"), "");
  EXPECT_EQ(Text(same->metrics, 99, "published_loss"), "0.01098");
  for (const char* flag : {"--points=98", "--hidden=16", "--learning_rate=0.9", "--steps=99"}) {
    const auto other = RunWith({"--seeds=1", flag});
    ASSERT_TRUE(other.ok()) << other.status();
    EXPECT_EQ(Text(other->summary, 0, "published_loss"), "") << flag;
    EXPECT_EQ(Text(other->summary, 0, "published_accuracy"), "") << flag;
  }
}

TEST(ScalarEngineTest, ADivergedRunIsAborted) {
  const absl::Status status = RunWith({"--learning_rate=1e9", "--seeds=1"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_NE(status.message().find("; a smaller learning rate may help"), absl::string_view::npos) << status;
}

TEST(ScalarEngineTest, ImpossibleFlagsAreRefusedBeforeAnythingRuns) {
  const auto expect = [](const std::vector<std::string>& flags, const std::string& message) {
    const absl::Status status = RunWith(flags).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << message;
    EXPECT_EQ(status.message(), message);
  };
  expect({"--seeds="}, "flag --seeds wants at least one seed");
  expect({"--learning_rate=-1"}, "flag --learning_rate wants a number of 0 or more, not -1");
  expect({"--learning_rate=inf"}, "flag --learning_rate wants a finite number, not inf");
  expect({"--points=0"}, "flag --points wants a number of 1 to 10000, not 0");
  expect({"--steps=0"}, "flag --steps wants a number of 1 to 100000, not 0");
  expect({"--hidden=4,0"}, "flag --hidden wants numbers of 1 to 4096, not 0");
  expect({"--hidden=160,160", "--steps=1", "--seeds=1"},  // too much for the 500 points of the test
         "flags --points and --hidden want 2-160-160-1, which has 26401 parameters, or 100 points to be smaller");
  expect({"--points=10000", "--hidden=32,32", "--steps=1", "--seeds=1"},
         "flags --points and --hidden want 2-32-32-1, which has 1185 parameters, or 10000 points to be smaller");
}

}  // namespace
}  // namespace dl
