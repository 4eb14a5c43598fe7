#include "modules/cnn/experiments/dropout.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {"--dataset=glyphs", "--train_size=60", "--validation_size=20", "--test_size=20", "--batch_size=10",
                    "--epochs=6", "--rates=0.003", "--drops=0.5", "--decays=10", "--seeds=1"});
  DropoutStudy experiment;
  return testing::RunExperiment(experiment, arguments);
}

// summary: place, strength, learning_rate, train_loss_mean, ...
TEST(DropoutStudyTest, EachPlaceAndDecayMakesTrainingHarder) {
  const auto result = RunWith({});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  const std::vector<std::string> places = {"none", "inputs", "elements", "maps", "weight decay"};
  ASSERT_EQ(rows.size(), places.size());
  for (size_t i = 0; i < places.size(); ++i) {
    EXPECT_EQ(rows[i][0], places[i]);
    EXPECT_EQ(rows[i][2], "0.003");
    for (size_t k = 0; k < i; ++k) EXPECT_NE(rows[i][3], rows[k][3]) << places[i] << ", " << places[k];
  }
  for (size_t i = 1; i < places.size(); ++i) {
    EXPECT_GT(std::stod(rows[i][3]), std::stod(rows[0][3])) << places[i];
  }
  EXPECT_EQ(rows[3][1], "0.5");
  EXPECT_EQ(rows[4][1], "10");
}

TEST(DropoutStudyTest, OneSettingARateAndPlace) {
  const auto result = RunWith({"--places=maps", "--drops=0.2,0.4", "--decays=", "--seeds=1,2", "--epochs=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows().size(), 3u);
  EXPECT_EQ(result->metrics.rows().size(), 3u * 2u);
}

TEST(DropoutStudyTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()), message);
  };
  expect("--places=map", "unknown place 'map'; did you mean 'maps'?; valid: inputs, elements, maps");
  expect("--places=", "flag --places wants at least one value");
  expect("--drops=1", "flag --drops wants numbers below 1, not 1");
  expect("--drops=0", "flag --drops wants positive numbers, not 0");
  expect("--decays=-1", "flag --decays wants positive numbers, not -1");
  expect("--rates=", "flag --rates wants at least one value");
  expect("--validation_size=0", "flag --validation_size wants a number of 1 to 1000000, not 0");
}

}  // namespace
}  // namespace dl
