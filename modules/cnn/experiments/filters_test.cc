#include "modules/cnn/experiments/filters.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"--train_size=40", "--test_size=30", "--batch_size=20", "--epochs=1",
                                        "--filters=4",     "--kernel=5",     "--exciting=3"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  Filters experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(FiltersTest, OneRowAFilterAndOneALayer) {
  const auto result = RunWith({"--seeds=1,2"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 2u * 3u * 4u);
  ASSERT_EQ(result->summary.rows().size(), 3u);
  EXPECT_EQ(result->summary.rows()[0][1], "before");
  EXPECT_EQ(result->summary.rows()[1][1], "after");
  EXPECT_EQ(result->summary.rows()[2][1], "change");
  EXPECT_NE(result->summary.rows()[0][2], result->summary.rows()[1][2]);  // training changes filters,
  EXPECT_NE(result->summary.rows()[1][2], result->summary.rows()[2][2]);  // and they are not the change alone
  EXPECT_EQ(result->summary.rows()[0][8], "1");                           // four filters have four components
  const std::string& units = result->files.at("units.csv");
  EXPECT_EQ(std::count(units.begin(), units.end(), '\n'), 1 + 2 * 3);
  for (const char* file : {"exciting.csv", "feature_maps.csv", "first_layer.csv", "kernels.csv"}) {
    EXPECT_EQ(result->files.at(file).rfind("row,column,red,green,blue,kind,text\n", 0), 0u) << file;
  }
}

TEST(FiltersTest, GreyPicturesToo) {
  const auto result = RunWith({"--dataset=glyphs", "--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows()[1][6], "0");  // no colour
}

TEST(FiltersTest, TheSameSeedGivesTheSameFiles) {
  const auto a = RunWith({"--seeds=3"}), b = RunWith({"--seeds=3"});
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_EQ(a->files, b->files);
  EXPECT_EQ(a->summary.ToCsv(), b->summary.ToCsv());
}

TEST(FiltersTest, ATrainingThatDivergesIsNamed) {
  const absl::Status status = RunWith({"--seeds=3", "--learning_rate=1e30"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted) << status;
  EXPECT_EQ(std::string(status.message()).rfind("shapes, adamw, rate 1e+30, seed 3: the loss is ", 0), 0u) << status;
}

TEST(FiltersTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& beginning) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(beginning, 0), 0u) << status;
  };
  expect("--kernel=4", "flag --kernel wants an odd number");
  expect("--kernel=1", "flag --kernel wants a number of 3 to 15, not 1");
  expect("--filters=0", "flag --filters wants a number of 1 to 256, not 0");
  expect("--exciting=31", "flag --exciting wants a number of 1 to 30, not 31");
  expect("--train_size=3", "flag --train_size wants a number of 4 or more, not 3");
  expect("--epochs=0", "flag --epochs wants a number of 1 or more, not 0");
  expect("--batch_size=41", "flag --batch_size wants a number of 1 to 40 (--train_size), not 41");
  expect("--learning_rate=0", "flag --learning_rate wants a positive number, not 0");
  expect("--weight_decay=-1", "flag --weight_decay wants a number of 0 or more, not -1");
  expect("--dataset=moons", "flag --dataset wants pictures");
  expect("--dataset=shape", "unknown dataset 'shape'; did you mean 'shapes'?");
  expect("--seeds=", "flag --seeds wants at least one seed");
}

}  // namespace
}  // namespace dl
