#include "modules/backprop/experiments/initialisation.h"

#include <cmath>
#include <sstream>

#include "absl/strings/numbers.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  Initialisation experiment;
  return testing::RunExperiment(experiment, arguments);
}

std::string Field(const Table& table, size_t row, const std::string& column) {
  for (size_t c = 0; c < table.columns().size(); ++c) {
    if (table.columns()[c] == column) return table.rows()[row][c];
  }
  ADD_FAILURE() << "no column " << column;
  return "";
}

double Number(const Table& table, size_t row, const std::string& column) {
  double number = 0;
  EXPECT_TRUE(absl::SimpleAtod(Field(table, row, column), &number)) << column;
  return number;
}

TEST(InitialisationTest, ZerosStayAtChanceWhileKaimingLearns) {
  const auto result = RunWith({"--dataset=moons", "--train_size=200", "--test_size=100", "--hidden=16,16",
                               "--initializers=zero,kaiming", "--rates=0.001,0.1", "--epochs=20", "--seeds=1,2"});
  ASSERT_TRUE(result.ok()) << result.status();
  const Table& summary = result->summary;
  ASSERT_EQ(summary.rows().size(), 2u);
  EXPECT_NEAR(Number(summary, 0, "initial_loss_mean"), std::log(2.0), 1e-6);
  EXPECT_EQ(Field(summary, 0, "first_gradient_max"), "0");
  EXPECT_EQ(Field(summary, 0, "first_update_mean"), "0");
  EXPECT_EQ(Field(summary, 0, "dead_share_mean"), "1");
  EXPECT_GT(Number(summary, 1, "first_gradient_max"), 1e-3);
  EXPECT_EQ(Field(summary, 1, "learning_rate"), "0.1");
  EXPECT_GT(Number(summary, 1, "test_accuracy_mean"), 0.8);
  EXPECT_EQ(result->metrics.rows().size(), 2u * 2u * (1 + 20));  // initialisers, seeds, epochs and the start
}

TEST(InitialisationTest, HistogramsHoldAllActivations) {
  const auto result = RunWith({"--dataset=moons", "--train_size=64", "--test_size=10", "--hidden=8",
                               "--initializers=kaiming", "--rates=0.1", "--epochs=1", "--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  std::istringstream lines(result->files.at("histograms.csv"));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "initializer,layer,log10_activation,share,zero_share");
  double sum = 0, zeros = 0;
  while (std::getline(lines, line)) {
    const size_t last = line.rfind(','), before = line.rfind(',', last - 1);
    sum += std::stod(line.substr(before + 1));
    zeros = std::stod(line.substr(last + 1));
  }
  EXPECT_NEAR(sum + zeros, 1, 1e-4);
  EXPECT_GT(zeros, 0.2);
}

TEST(InitialisationTest, WhereEveryRateDivergesThereIsNone) {
  const auto result = RunWith({"--dataset=moons", "--train_size=64", "--test_size=10", "--hidden=8,8",
                               "--initializers=kaiming:1000,kaiming", "--rates=1", "--epochs=3", "--seeds=1,2"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(Field(result->summary, 0, "learning_rate"), "none");
  EXPECT_EQ(Field(result->summary, 0, "train_loss_mean"), "nan");
  EXPECT_EQ(Field(result->summary, 0, "first_update_mean"), "nan");
}

TEST(InitialisationTest, WhereEverythingDivergesThereIsNoResult) {
  const absl::Status status = RunWith({"--dataset=moons", "--train_size=64", "--test_size=10", "--hidden=8,8",
                                       "--initializers=kaiming:1000", "--rates=1", "--epochs=3", "--seeds=1"})
                                  .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted) << status;
}

TEST(InitialisationTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& beginning) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(beginning, 0), 0u) << status;
  };
  expect("--seeds=", "flag --seeds wants at least one seed");
  expect("--rates=", "flag --rates wants at least one value");
  expect("--rates=0.1,-1", "flag --rates wants numbers of 0 or more, not -1");
  expect("--hidden=0", "flag --hidden wants numbers of 1 to 4096, not 0");
  expect("--hidden=", "flag --hidden wants at least one value");
  expect("--initializers=", "flag --initializers wants at least one value");
  expect("--initializers=he", "unknown initializer 'he'");
  expect("--activation=rleu", "unknown element-wise function 'rleu'; did you mean 'relu'?");
  expect("--epochs=0", "cannot train 0 epochs");
}

}  // namespace
}  // namespace dl
