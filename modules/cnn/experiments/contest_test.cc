#include "modules/cnn/experiments/contest.h"

#include <algorithm>
#include <sstream>

#include "datasets/catalog.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/cnn/network_by_name.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const TrainSettings kQuick = {.model = "mlp", .epochs = 2, .batch_size = 20};

TrainTest Glyphs() { return *LoadDataset("glyphs", {.train_size = 200, .test_size = 60}); }

absl::StatusOr<ExperimentResult> Hold(const std::vector<Contestant>& contestants,
                                      ContestOptions options = {.seeds = {1, 2}}) {
  std::ostringstream out;
  Progress progress(out, {});
  return HoldContest(contestants, Glyphs(), options, progress);
}

std::string Cell(const Table& table, size_t row, const std::string& column) {
  const auto& columns = table.columns();
  return table.rows()[row][std::find(columns.begin(), columns.end(), column) - columns.begin()];
}

TEST(ContestTest, EachIsTrainedInItsOwnWay) {
  TrainSettings slow = kQuick;
  slow.rate = 1e-9;
  slow.epochs = 1;
  slow.batch_size = 30;
  const auto result = Hold({{.name = "idle", .settings = slow, .published = "0.9", .published_as = "elsewhere"},
                            {.name = "quick", .settings = kQuick}});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 2u * 1u + 2u * 2u);
  const Table& summary = result->summary;
  EXPECT_EQ(Cell(summary, 0, "network"), "idle");
  EXPECT_EQ(Cell(summary, 0, "examples_seen"), "180");
  EXPECT_EQ(Cell(summary, 1, "examples_seen"), "400");
  EXPECT_EQ(Cell(summary, 0, "n"), "2");
  EXPECT_EQ(Cell(summary, 0, "published_accuracy"), "0.9");
  EXPECT_EQ(Cell(summary, 0, "published_as"), "elsewhere");
  EXPECT_EQ(Cell(summary, 1, "published_accuracy"), "");
  EXPECT_GT(std::stod(Cell(summary, 1, "test_accuracy_mean")), std::stod(Cell(summary, 0, "test_accuracy_mean")) + 0.2);
  // 784 x 256, 256 x 128 and 128 x 10.
  EXPECT_EQ(Cell(summary, 0, "mega_multiply_adds"), "0.234752");
  EXPECT_THAT(result->files.at("evaluation.csv"), HasSubstr("mce\nquick,60,"));
  EXPECT_THAT(result->files.at("mcnemar.csv"),
              StartsWith("better,worse,only_better_right,only_worse_right,p_value\nquick,idle,"));
  EXPECT_EQ(
      result->files.count("confusion.csv") + result->files.count("reliability.csv") + result->files.count("errors.png"),
      3u);
}

TEST(ContestTest, PublishedNumbersOfOtherDataStayAway) {
  const auto result = Hold({{.name = "mlp", .settings = kQuick, .published = "0.9", .published_as = "x"}},
                           {.seeds = {1}, .as_published = false});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(Cell(result->summary, 0, "published_accuracy"), "");
  EXPECT_EQ(Cell(result->summary, 0, "published_as"), "");
  EXPECT_EQ(result->files.at("mcnemar.csv"), "better,worse,only_better_right,only_worse_right,p_value\nmlp,,,,\n");
}

TEST(ContestTest, ANetworkOfItsOwnMakingIsTakenForTheModel) {
  const auto result = Hold({{.name = "mine",
                             .settings = {.model = "no such network", .epochs = 1, .batch_size = 20},
                             .make = [](const Shape&, int64_t classes, Random& random) {
                               return *NetworkByName("mlp", {.image = {1, 28, 28}, .classes = classes}, random);
                             }}});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(Cell(result->summary, 0, "parameters"), "235146");
}

TEST(ContestTest, TheOthersGoOnWhereOneDiverges) {
  TrainSettings wild = kQuick;
  wild.optimizer = "sgd";
  wild.rate = 1e12;
  const auto result = Hold({{.name = "wild", .settings = wild}, {.name = "quick", .settings = kQuick}});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(Cell(result->summary, 0, "n"), "0");
  EXPECT_EQ(Cell(result->summary, 0, "test_accuracy_mean"), "");
  EXPECT_EQ(Cell(result->summary, 1, "n"), "2");
  const absl::Status all = Hold({{.name = "wild", .settings = wild}}).status();
  EXPECT_EQ(all.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(all.message()), HasSubstr("glyphs wild seed 1: the loss is "));
}

// A contest of two, for its flags.
class Pair : public Contest {
 public:
  Pair() : Contest({.dataset = "glyphs", .train_size = 100, .test_size = 30, .epochs = 1, .seeds = {1}}) {}
  std::string name() const override { return "pair"; }
  std::string question() const override { return "Which?"; }
  void UseDemoSize() override {}

 protected:
  std::vector<Contestant> Contestants() const override {
    return {{.name = "one", .settings = kQuick, .published = "0.5"}, {.name = "two", .settings = kQuick}};
  }
};

absl::StatusOr<ExperimentResult> RunPair(const std::vector<std::string>& flags) {
  Pair pair;
  return testing::RunExperiment(pair, flags);
}

TEST(ContestTest, FlagsChooseDataSizeAndNetworks) {
  const auto result = RunPair({"--networks=two", "--epochs=3", "--batch_size=50", "--seeds=4,5"});
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->summary.rows().size(), 1u);
  EXPECT_EQ(Cell(result->summary, 0, "network"), "two");
  EXPECT_EQ(Cell(result->summary, 0, "examples_seen"), "300");
  EXPECT_EQ(Cell(result->summary, 0, "batch_size"), "50");
  EXPECT_THAT(result->seeds, ElementsAre(4, 5));
  EXPECT_EQ(Cell(RunPair({})->summary, 0, "published_accuracy"), "0.5");
  EXPECT_EQ(Cell(RunPair({"--dataset=shapes"})->summary, 0, "published_accuracy"), "");
}

TEST(ContestTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunPair({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(status.message(), message) << flag;
  };
  expect("--networks=twoo", "unknown network 'twoo'; did you mean 'two'?; valid: one, two");
  expect("--train_size=-1", "flag --train_size wants a number of 0 or more, not -1");
  expect("--test_size=-1", "flag --test_size wants a number of 0 or more, not -1");
  expect("--epochs=-1", "flag --epochs wants a number of 0 or more, not -1");
  expect("--batch_size=-1", "flag --batch_size wants a number of 0 or more, not -1");
  expect("--batch_size=101", "flag --batch_size wants a number of 1 to 100 (--train_size), not 101");
  expect("--precision=f16", "unknown precision 'f16'; did you mean 'bf16'?; valid: f32, bf16");
  expect("--seeds=", "flag --seeds wants at least one seed");
  expect("--dataset=moons", "moons holds no images: choose another --dataset");
  EXPECT_EQ(RunPair({"--dataset=glyph"}).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace dl
