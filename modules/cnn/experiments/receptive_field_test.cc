#include "modules/cnn/experiments/receptive_field.h"

#include "absl/strings/numbers.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> more) {
  std::vector<std::string> arguments = {"--train_size=40", "--test_size=20", "--batch_size=20", "--epochs=1"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  ReceptiveFieldExperiment experiment;
  return testing::RunExperiment(experiment, arguments);
}

double Number(const std::string& text) {
  double number = 0;
  EXPECT_TRUE(absl::SimpleAtod(text, &number)) << text;
  return number;
}

TEST(ReceptiveFieldExperimentTest, FieldsGrowWithDepthAndSpreadsWithItsRoot) {
  const auto result = RunWith({"--depths=4,16", "--images=4", "--seeds=1,2"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 4u * 2u * 2u);
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 4u * 2u);
  for (size_t i = 0; i < rows.size(); i += 2) {
    EXPECT_EQ(rows[i][2], "9");
    EXPECT_EQ(rows[i + 1][2], "33");
    EXPECT_NEAR(Number(rows[i + 1][3]) / Number(rows[i][3]), 2, 0.25) << rows[i][0];
    EXPECT_NEAR(Number(rows[i][3]) / Number(rows[i][5]), 1, 0.1) << rows[i][0];
  }
  for (const char* file : {"exponents.csv", "maps.csv", "networks.csv", "trained.csv"}) {
    EXPECT_EQ(result->files.count(file), 1u) << file;
  }
}

TEST(ReceptiveFieldExperimentTest, TheSameSeedGivesTheSameFiles) {
  const std::vector<std::string> flags = {"--depths=2", "--seeds=3", "--images=1"};
  const auto a = RunWith(flags), b = RunWith(flags);
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_EQ(a->files, b->files);
  EXPECT_EQ(a->summary.ToCsv(), b->summary.ToCsv());
}

TEST(ReceptiveFieldExperimentTest, ATrainingThatDivergesIsNamed) {
  const absl::Status status = RunWith({"--depths=2", "--seeds=3", "--learning_rate=1e30"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted) << status;
  EXPECT_EQ(std::string(status.message()).rfind("shapes small_cnn, adam, rate 1e+30, seed 3: the loss is ", 0), 0u)
      << status;
}

TEST(ReceptiveFieldExperimentTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& beginning) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(beginning, 0), 0u) << status;
  };
  expect("--kinds=", "flag --kinds wants at least one value");
  expect("--kinds=linea", "unknown kind 'linea'; did you mean 'linear'?");
  expect("--depths=0", "flag --depths wants numbers of 1 to 64, not 0");
  expect("--channels=0", "flag --channels wants a number of 1 to 256, not 0");
  expect("--images=0", "flag --images wants a number of 1 or more, not 0");
  expect("--batch_size=41", "flag --batch_size wants a number of 1 to 40 (--train_size), not 41");
  expect("--learning_rate=-1", "flag --learning_rate wants a positive number, not -1");
  expect("--dataset=moons", "flag --dataset wants pictures");
  expect("--seeds=1,1", "flag --seeds wants each seed once, not 1 twice");
}

}  // namespace
}  // namespace dl
