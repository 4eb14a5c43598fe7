#include "modules/cnn/experiments/saliency.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"--train_size=40", "--test_size=10",  "--batch_size=20",  "--epochs=1",
                                        "--widths=4,4",    "--pictures=2",    "--copies=2",       "--ascent_steps=2"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  Saliency experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(SaliencyExperimentTest, OneRowAMapAndStage) {
  const auto result = RunWith({"--seeds=1,2"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 2u * 4u * 5u);  // four convolutions and a dense layer
  EXPECT_EQ(result->metrics.rows()[0][3], "dense1");       // from the last
  EXPECT_EQ(result->metrics.rows()[19][3], "conv1");       // to the first
  ASSERT_EQ(result->summary.rows().size(), 5u);
  EXPECT_EQ(result->summary.rows()[4][0], "edges");
  for (const auto& row : result->summary.rows()) {
    EXPECT_EQ(row.back(), "2");
    const double inside = std::stod(row[3]);
    EXPECT_TRUE(inside >= 0 && inside <= 1) << inside;
  }
  const auto lines = [&](const char* file) {
    const std::string& csv = result->files.at(file);
    return std::count(csv.begin(), csv.end(), '\n');
  };
  EXPECT_EQ(lines("cascade.csv"), 1 + 4 * 5);
  EXPECT_EQ(lines("deletion.csv"), 1 + 6 * 33);
  for (const char* file : {"class_images.csv", "maps.csv", "randomized.csv"}) {
    EXPECT_EQ(result->files.at(file).rfind("row,column,red,green,blue,kind,text\n", 0), 0u) << file;
  }
}

// Behind a random dense layer the score's gradient is another one; with the same weights it would be the same.
TEST(SaliencyExperimentTest, RandomWeightsChangeTheMaps) {
  const auto result = RunWith({"--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  for (const auto& row : result->metrics.rows()) EXPECT_LT(std::stod(row[4]), 0.999) << row[1] << " " << row[3];
}

TEST(SaliencyExperimentTest, TheSameSeedGivesTheSameFiles) {
  const auto a = RunWith({"--seeds=3"}), b = RunWith({"--seeds=3"});
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_EQ(a->files, b->files);
  EXPECT_EQ(a->summary.ToCsv(), b->summary.ToCsv());
}

TEST(SaliencyExperimentTest, ATrainingThatDivergesIsNamed) {
  const absl::Status status = RunWith({"--seeds=3", "--learning_rate=1e30"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted) << status;
  EXPECT_EQ(std::string(status.message()).rfind("saliency, adam, rate 1e+30, seed 3: ", 0), 0u) << status;
}

TEST(SaliencyExperimentTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& beginning) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(beginning, 0), 0u) << status;
  };
  expect("--train_size=0", "flag --train_size wants a number of 1 to 1000000, not 0");
  expect("--pictures=11", "flag --pictures wants a number of 1 to 10, not 11");
  expect("--epochs=0", "flag --epochs wants a number of 1 or more, not 0");
  expect("--batch_size=41", "flag --batch_size wants a number of 1 to 40 (--train_size), not 41");
  expect("--widths=", "flag --widths wants at least one value");
  expect("--widths=0", "flag --widths wants numbers of 1 to 4096, not 0");
  expect("--widths=2,2,2,2,2", "flag --widths wants 1 to 4 numbers, not 5");
  expect("--copies=0", "flag --copies wants a number of 1 to 1000, not 0");
  expect("--ascent_steps=0", "flag --ascent_steps wants a number of 1 to 100000, not 0");
  expect("--learning_rate=0", "flag --learning_rate wants a positive number, not 0");
  expect("--seeds=", "flag --seeds wants at least one seed");
}

}  // namespace
}  // namespace dl
