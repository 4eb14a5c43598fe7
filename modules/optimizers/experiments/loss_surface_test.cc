#include "modules/optimizers/experiments/loss_surface.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

const std::vector<std::string> kSmall = {
    "--dataset=blobs", "--train_size=120", "--test_size=60", "--hidden=8",  "--batch_sizes=8,60",   "--level=0.2",
    "--steps=200",     "--directions=3",   "--resolution=5", "--seeds=1,2", "--optimizers=sgd,adam"};

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> more) {
  more.insert(more.begin(), kSmall.begin(), kSmall.end());
  LossSurface experiment;
  return testing::RunExperiment(experiment, more);
}

double Number(const std::string& text) {
  double number = 0;
  EXPECT_TRUE(absl::SimpleAtod(text, &number)) << text;
  return number;
}

int64_t Lines(const std::string& csv, const std::string& beginning) {
  int64_t count = csv.rfind(beginning, 0) == 0;
  for (size_t at = csv.find("\n" + beginning); at != std::string::npos; at = csv.find("\n" + beginning, at + 1))
    ++count;
  return count;
}

TEST(LossSurfaceTest, OneRowASettingAndItsProfilePlanesAndPaths) {
  const auto result = RunWith({});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows().size(), 2u * 2u);
  EXPECT_EQ(result->metrics.rows().size(), 2u * 2u * 2u * 9u);
  EXPECT_EQ(Lines(result->files.at("random.csv"), "sgd,8,"), 25);
  EXPECT_EQ(Lines(result->files.at("random.csv"), "sgd,60,"), 25);
  const std::string& paths = result->files.at("paths.csv");
  EXPECT_EQ(Lines(paths, "grid,"), 25);
  EXPECT_EQ(Lines(paths, "share,"), 1);
  EXPECT_GE(Lines(paths, "path,sgd,"), 3);
  EXPECT_GE(Lines(paths, "path,adam,"), 3);
  EXPECT_EQ(Lines(result->files.at("ends.csv"), "adam,"), 1);
}

// The middle of the random plane, and the profile at distance 0, are where training ended.
TEST(LossSurfaceTest, PlanesAndProfilesBeginWhereTrainingEnded) {
  const auto result = RunWith({"--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  const std::string loss = result->summary.rows()[0][6];  // train_loss_mean of one seed
  EXPECT_LE(Number(loss), 0.2);
  EXPECT_NEAR(Number(result->metrics.rows()[0][4]), Number(loss), 1e-4);
  EXPECT_EQ(Lines(result->files.at("random.csv"), "sgd,8,0,0," + loss), 1);
  // Half a filter's length away it has risen by rise_mean.
  EXPECT_NEAR(Number(result->metrics.rows()[4][4]) - Number(loss), Number(result->summary.rows()[0][10]), 1e-4);
  EXPECT_GT(Number(result->summary.rows()[0][10]), 0);
}

TEST(LossSurfaceTest, DivergenceIsToldInTheTableAndAnErrorOnlyWhereAllDiverge) {
  const auto some = RunWith({"--learning_rates=1e4", "--optimizers=sgd,adagrad:epsilon=3e4"});
  ASSERT_TRUE(some.ok()) << some.status();
  EXPECT_EQ(some->summary.rows()[0][3], "0");
  EXPECT_EQ(some->summary.rows()[0].back(), "2");
  EXPECT_EQ(some->summary.rows()[2][3], "2");
  const absl::Status none = RunWith({"--learning_rates=1e9,1e8"}).status();
  EXPECT_EQ(none.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(none.message(),
            "every run diverged, first that of sgd, batches of 8, rate 1e+08, at step 2; try smaller --learning_rates");
}

TEST(LossSurfaceTest, ImpossibleFlagsAreRefusedBeforeAnythingRuns) {
  const auto expect = [](const std::string& flag, const std::string& beginning) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(beginning, 0), 0u) << status;
  };
  expect("--optimizers=adma", "unknown optimizer 'adma'; did you mean 'adam'?");
  expect("--batch_sizes=", "flag --batch_sizes wants at least one value");
  expect("--batch_sizes=16,1000", "flag --batch_sizes wants numbers of 1 to 120 (--train_size), not 1000");
  expect("--learning_rates=-1", "flag --learning_rates wants positive numbers, not -1");
  expect("--level=0", "flag --level wants a positive number, not 0");
  expect("--resolution=1", "flag --resolution wants a number of 2 to 201, not 1");
  expect("--directions=0", "flag --directions wants a number of 1 or more, not 0");
  expect("--seeds=", "flag --seeds wants at least one seed");
}

}  // namespace
}  // namespace dl
