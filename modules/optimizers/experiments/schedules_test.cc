#include "modules/optimizers/experiments/schedules.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"--dataset=moons", "--train_size=100", "--test_size=50", "--batch_size=10",
                                       "--hidden=8", "--rates=3", "--seeds=1,2"});
  Schedules experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(SchedulesTest, OneSummaryRowAPairAndTheFirstIsTheYardstick) {
  const auto result = RunWith({"--optimizers=sgd,adam", "--schedules=constant,cosine,plateau", "--epochs=3"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows().size(), 2u * 3u);
  EXPECT_EQ(result->metrics.rows().size(), 2u * 3u * 2u * 3u);
  for (size_t i = 0; i < 6; ++i) {
    const std::string& train_gain = result->summary.rows()[i][9];
    EXPECT_EQ(train_gain.empty(), i % 3 == 0) << i;
  }
}

// Columns of metrics: optimizer, schedule, seed, epoch, rate, ...
TEST(SchedulesTest, TheRateOfAnEpochIsThatOfItsLastStep) {
  const auto result = RunWith({"--optimizers=sgd", "--schedules=constant,linear", "--epochs=4"});
  ASSERT_TRUE(result.ok()) << result.status();
  const double peak = std::stod(result->summary.rows()[1][2]);
  for (const auto& row : result->metrics.rows()) {
    if (row[1] != "linear") continue;
    const double last_step = 10 * std::stod(row[3]) - 1;
    EXPECT_NEAR(std::stod(row[4]), peak * (1 - last_step / 40), 1e-5 * peak);
  }
}

// The rates of a plateau follow from the training losses of its run: three tenths after each epoch that takes less than
// three tenths off the lowest. Up to the first fall the run is the constant one. Returns how many epochs of all seeds
// lowered it, and how many did not.
std::pair<int, int> FollowPlateau(const std::vector<std::string>& arguments, double peak) {
  const auto result = RunWith(arguments);
  EXPECT_TRUE(result.ok()) << result.status();
  std::pair<int, int> epochs = {0, 0};
  std::map<std::pair<std::string, std::string>, std::string> constant;  // (seed, epoch) → training loss
  double lowest = 0, expected = 0;
  for (const auto& row : result->metrics.rows()) {
    if (row[1] == "constant") {
      constant[{row[2], row[3]}] = row[5];
      continue;
    }
    if (row[3] == "1") {
      lowest = INFINITY;
      expected = peak;
    }
    EXPECT_NEAR(std::stod(row[4]), expected, 1e-5 * peak) << "seed " << row[2] << ", epoch " << row[3];
    EXPECT_EQ(row[5] == (constant[{row[2], row[3]}]), expected == peak) << "seed " << row[2] << ", epoch " << row[3];
    const double loss = std::stod(row[5]);
    ++(loss >= 0.7 * lowest ? epochs.first : epochs.second);
    if (loss >= 0.7 * lowest) expected *= 0.3;
    lowest = std::min(lowest, loss);
  }
  return epochs;
}

TEST(SchedulesTest, ThePlateauFallsWhereTheLossDoesNot) {
  const auto [falls, stays] = FollowPlateau(
      {"--optimizers=sgd", "--schedules=constant,plateau", "--epochs=4", "--rates=1", "--hidden=", "--train_size=400"},
      0.4);
  EXPECT_GE(falls, 4);
  const auto [few, many] = FollowPlateau({"--optimizers=adam", "--schedules=constant,plateau", "--epochs=5",
                                          "--rates=1", "--hidden=32", "--train_size=400", "--dataset=glyphs"},
                                         0.004);
  EXPECT_GE(many, 6);  // of 10, beside the first of each seed
}

TEST(SchedulesTest, DrawsWhatItTrainsWith) {
  const auto result = RunWith({"--optimizers=adam", "--schedules=one_cycle,plateau", "--epochs=2"});
  ASSERT_TRUE(result.ok()) << result.status();
  const std::vector<std::string> lines = absl::StrSplit(result->files.at("drawn.csv"), '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), 1u + 20u + 2u * 2u);  // each step of the rule; the ends of both epochs
  EXPECT_EQ(lines[1], "one_cycle,rule,0,0.04");
  EXPECT_EQ(lines[21], "plateau,adam,0,1");
}

TEST(SchedulesTest, OnlyWhereAllDivergeThereIsNoAnswer) {
  const auto some = RunWith({"--optimizers=sgd,adam", "--schedules=constant,cosine", "--epochs=1", "--dataset=glyphs",
                             "--rates=1", "--ratio=10", "--optimizers=sgd:l2=1e9,adam", "--seeds=1"});
  ASSERT_TRUE(some.ok()) << some.status();
  EXPECT_EQ(some->summary.rows()[0][2], "");
  EXPECT_NE(some->summary.rows()[2][2], "");
  const absl::Status none = RunWith({"--schedules=constant", "--epochs=1", "--dataset=glyphs", "--rates=1",
                                     "--optimizers=sgd:l2=1e9", "--seeds=1"})
                                .status();
  EXPECT_EQ(none.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(std::string(none.message()).rfind("sgd:l2=1e9, constant, rate 0.4, seed 1: the loss is ", 0), 0u) << none;
}

TEST(SchedulesTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& beginning) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(beginning, 0), 0u) << status;
  };
  expect("--schedules=cosin", "unknown schedule 'cosin'; did you mean 'cosine'?; valid: constant, step");
  expect("--schedules=", "flag --schedules wants at least one value");
  expect("--optimizers=adem", "unknown optimizer 'adem'; did you mean 'adam'?");
  expect("--optimizers=adam:beta2=1", "optimizer adam: beta2 wants 0 to less than 1, not '1'");
  expect("--rates=2", "flag --rates wants an odd number, not 2");
  expect("--rates=-1", "flag --rates wants a number of 1 to 99, not -1");
  expect("--ratio=1", "flag --ratio wants a number of 1.01 to 1000, not 1");
  expect("--epochs=0", "flag --epochs wants a number of 1 to 1000000, not 0");
}

}  // namespace
}  // namespace dl
