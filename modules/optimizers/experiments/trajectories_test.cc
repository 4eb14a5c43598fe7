#include "modules/optimizers/experiments/trajectories.h"

#include "absl/strings/numbers.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  Trajectories experiment;
  return testing::RunExperiment(experiment, arguments);
}

std::string Text(const Table& table, size_t row, const std::string& column) {
  for (size_t c = 0; c < table.columns().size(); ++c) {
    if (table.columns()[c] == column) return table.rows()[row][c];
  }
  return "no column " + column;
}

TEST(TrajectoriesTest, EveryOptimizerOnEverySurface) {
  const auto result = RunWith({"--steps=20", "--rates_per_decade=1", "--grid=3"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows().size(), OptimizerNames().size() * SurfaceNames().size());
  EXPECT_EQ(result->files.at("steps.csv").substr(0, 25), "optimizer,bowl,valley_10,");
  EXPECT_EQ(result->files.count("map.csv"), 1u);
}

TEST(TrajectoriesTest, AtAGivenRateNothingIsSearched) {
  const auto result = RunWith({"--function=rosenbrock", "--optimizers=adam,muon", "--lr=0.01", "--steps=500"});
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->summary.rows().size(), 2u);
  for (size_t row : {0, 1}) {
    EXPECT_EQ(Text(result->summary, row, "rate"), "0.01");
    EXPECT_EQ(Text(result->summary, row, "diverged_at"), "");
  }
  EXPECT_EQ(Text(result->metrics, 0, "value"), "24.2");  // at (-1.2, 1)
}

TEST(TrajectoriesTest, AnArrivalHasStepsAndAPathThatEndsThere) {
  const auto result = RunWith({"--function=valley_10", "--optimizers=sgd", "--lr=0.1", "--steps=300"});
  ASSERT_TRUE(result.ok()) << result.status();
  const std::string steps = Text(result->summary, 0, "steps");
  EXPECT_EQ(steps, "54");  // 8 · 0.81^t is at most 1e-4 from t = 53.6 on; the other direction is done after one step
  EXPECT_EQ(Text(result->metrics, result->metrics.rows().size() - 1, "step"), steps);
  EXPECT_EQ(result->files.at("steps.csv"), "optimizer,valley_10\nsgd,54\n");
}

TEST(TrajectoriesTest, ADivergedRunIsARowAmongOthersAndAbortsAlone) {
  const std::vector<std::string> flags = {"--function=valley_100", "--lr=0.03", "--steps=200"};
  auto both = flags, one = flags;
  both.push_back("--optimizers=sgd,adam");
  one.push_back("--optimizers=sgd");
  const auto result = RunWith(both);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(Text(result->summary, 0, "diverged_at"), "20");  // 1.5 · 2^20 is the first above 1e6
  EXPECT_EQ(Text(result->summary, 0, "end_value"), "");
  EXPECT_EQ(Text(result->summary, 1, "diverged_at"), "");
  const absl::Status status = RunWith(one).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(status.message(), "sgd on valley_100: diverged at step 20 at rate 0.03; a smaller --lr may help");
}

TEST(TrajectoriesTest, ThePublishedEndStandsBesideItsOwnSettingOnly) {
  const std::vector<std::string> same = {"--function=beale", "--optimizers=sgd,lion", "--steps=400",
                                         "--rates_per_decade=1"};
  const auto result = RunWith(same);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(Text(result->summary, 0, "published_end_value"), "0.142");
  EXPECT_EQ(Text(result->summary, 1, "published_end_value"), "");
  for (const char* flag : {"--steps=399", "--function=bowl", "--start=0,0", "--lr=0.01"}) {
    auto other = same;
    other.push_back(flag);
    EXPECT_EQ(Text(RunWith(other)->summary, 0, "published_end_value"), "") << flag;
  }
}

TEST(TrajectoriesTest, TheStartMayBeElsewhere) {
  const auto result = RunWith({"--function=bowl", "--optimizers=sgd", "--lr=0.5", "--steps=1", "--start=2,1"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(Text(result->metrics, 0, "x"), "2");
  EXPECT_EQ(Text(result->summary, 0, "end_x"), "1");
  EXPECT_EQ(Text(result->summary, 0, "end_y"), "0.5");
}

TEST(TrajectoriesTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(message, 0), 0u) << status;
  };
  expect("--lr=-1", "flag --lr wants a number of 0 or more, not -1");
  expect("--steps=0", "flag --steps wants a number of 1 to 1000000, not 0");
  expect("--tolerance=0", "flag --tolerance wants a positive number, not 0");
  expect("--start=1", "flag --start wants two numbers, x and y, or none, not 1");
  expect("--start=nan,1", "flag --start wants finite numbers, not nan");
  expect("--grid=1", "flag --grid wants a number of 2 to 400, not 1");
  expect("--function=rosenbrok", "unknown function 'rosenbrok'; did you mean 'rosenbrock'?");
  expect("--optimizers=adm", "unknown optimizer 'adm'; did you mean 'adam'?");
  expect("--optimizers=adam:beta1=1", "optimizer adam: beta1 wants 0 to less than 1, not '1'");
}

}  // namespace
}  // namespace dl
