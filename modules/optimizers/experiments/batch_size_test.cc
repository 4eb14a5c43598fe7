#include "modules/optimizers/experiments/batch_size.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  for (const std::string flag :
       {"--train_size=256", "--test_size=50", "--hidden=8", "--epochs=2", "--steps=12", "--noise_batch_sizes=1,16",
        "--noise_examples=1024", "--seeds=1,2", "--batch_sizes=16"}) {
    arguments.insert(arguments.begin(), flag);
  }
  BatchSize experiment;
  return testing::RunExperiment(experiment, arguments);
}

std::string At(const Table& table, size_t row, const std::string& column) {
  const auto& columns = table.columns();
  return table.rows().at(row).at(std::find(columns.begin(), columns.end(), column) - columns.begin());
}

TEST(BatchSizeTest, ComparesAfterAsManyExamplesAndAsManySteps) {
  const auto result = RunWith({"--batch_sizes=8,64,0", "--rates=0.01,0.1"});
  ASSERT_TRUE(result.ok()) << result.status();
  const Table& summary = result->summary;
  ASSERT_EQ(summary.rows().size(), 3u);
  EXPECT_EQ(At(summary, 2, "batch_size"), "all");
  EXPECT_EQ(At(summary, 0, "steps_in_epochs"), "64");
  EXPECT_EQ(At(summary, 2, "steps_in_epochs"), "2");
  // Small batches win on equal examples, large ones on equal steps.
  const auto loss = [&](size_t row, const std::string& after) {
    return std::stod(At(summary, row, "train_loss_after_" + after + "_mean"));
  };
  EXPECT_LT(loss(0, "epochs"), loss(1, "epochs"));
  EXPECT_LT(loss(1, "epochs"), loss(2, "epochs"));
  EXPECT_GT(loss(0, "steps"), loss(2, "steps"));
  for (const auto& row : result->metrics.rows()) {
    EXPECT_EQ(std::stoi(row[3]), (row[0] == "all" ? 256 : std::stoi(row[0])) * std::stoi(row[2]));
  }
}

TEST(BatchSizeTest, TheNoiseOfABatchFallsWithItsSize) {
  const auto result = RunWith({"--batch_sizes=16", "--rates=0.05"});
  ASSERT_TRUE(result.ok()) << result.status();
  const std::string& noise = result->files.at("noise.csv");
  const std::vector<std::string> lines = absl::StrSplit(noise, '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), 1u + 2 * 2 * 2);  // moments, seeds, sizes
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> cells = absl::StrSplit(lines[i], ',');
    EXPECT_NEAR(std::stod(cells[3]) / std::stod(cells[4]), 1, 0.3) << lines[i];  // measured over predicted
  }
  const std::string& summary = result->files.at("noise_summary.csv");
  const size_t slope = summary.find("\nstart,");
  ASSERT_NE(slope, std::string::npos);
  const std::vector<std::string> cells = absl::StrSplit(summary.substr(slope + 1, summary.find('\n', slope + 1)), ',');
  EXPECT_NEAR(std::stod(cells[9]), -1, 0.1);
}

TEST(BatchSizeTest, ABatchSizeThatDivergesIsARowAndAllOfThemAnError) {
  const auto result = RunWith({"--batch_sizes=1,256", "--rates=30"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(At(result->summary, 0, "learning_rate"), "none");
  EXPECT_EQ(At(result->summary, 0, "train_loss_after_epochs_mean"), "");
  EXPECT_EQ(At(result->summary, 1, "learning_rate"), "30");
  const absl::Status status = RunWith({"--batch_sizes=1,2", "--rates=300"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("sgd, batches of 1, rate 300, seed 1: the loss is "));
}

TEST(BatchSizeTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()), message) << flag;
  };
  expect("--batch_sizes=", "flag --batch_sizes wants at least one value");
  expect("--batch_sizes=300", "flag --batch_sizes wants numbers of 0 to 256 (--train_size), not 300");
  expect("--rates=", "flag --rates wants at least one value");
  expect("--rates=0.1,-1", "flag --rates wants positive numbers, not -1");
  expect("--noise_batch_sizes=4,4", "flag --noise_batch_sizes wants two different sizes at least");
  expect("--noise_batch_sizes=0,4", "flag --noise_batch_sizes wants numbers of 1 to 65536, not 0");
  expect("--noise_examples=1000000000000", "flag --noise_examples wants a number of 1 to 65536, not 1000000000000");
  expect("--noise_examples=0", "flag --noise_examples wants a number of 1 to 65536, not 0");
  expect("--seeds=1,1", "flag --seeds wants each seed once, not 1 twice");
  expect("--hidden=0", "flag --hidden wants numbers of 1 to 4096, not 0");
  for (const std::string flag : {"train_size", "test_size", "epochs", "steps"}) {
    expect("--" + flag + "=0", "flag --" + flag + " wants a number of 1 or more, not 0");
  }
}

}  // namespace
}  // namespace dl
