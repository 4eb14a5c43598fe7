#include "modules/optimizers/experiments/sensitivity.h"

#include <algorithm>
#include <cmath>

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"--dataset=moons", "--train_size=200", "--test_size=50", "--batch_size=10",
                                       "--hidden=8", "--epochs=2", "--rates=5", "--ratio=10", "--seeds=1,2"});
  Sensitivity experiment;
  return testing::RunExperiment(experiment, arguments);
}

double Field(const ExperimentResult& result, size_t row, const std::string& column) {
  const auto& columns = result.summary.columns();
  const size_t c = std::find(columns.begin(), columns.end(), column) - columns.begin();
  return std::stod(result.summary.rows()[row].at(c));
}

TEST(SensitivityTest, OneSummaryRowAnOptimizerAndAllRatesInTheSweep) {
  const auto result = RunWith({"--optimizers=sgd,adam"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows().size(), 2u);
  const std::string& sweep = result->files.at("sweep.csv");
  EXPECT_EQ(std::count(sweep.begin(), sweep.end(), '\n'), 1 + 2 * 5);
  EXPECT_EQ(result->metrics.rows().size(), 2u * 5u * 2u * 2u);  // optimizers, rates, seeds, epochs
}

// Near the best of all there are never more rates than near one's own best; for the best of all, as many.
TEST(SensitivityTest, TheCommonRangeLiesWithinTheOwn) {
  const auto result = RunWith({"--optimizers=sgd,adam,adagrad", "--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  size_t best = 0;
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_GT(Field(*result, i, "decades_mean"), 0);
    EXPECT_LE(Field(*result, i, "common_decades_mean"), Field(*result, i, "decades_mean") + 1e-6);
    if (Field(*result, i, "train_loss_mean") < Field(*result, best, "train_loss_mean")) best = i;
  }
  EXPECT_EQ(Field(*result, best, "common_decades_mean"), Field(*result, best, "decades_mean"));
  EXPECT_NEAR(Field(*result, best, "decades_mean"),
              std::log10(Field(*result, best, "range_high") / Field(*result, best, "range_low")), 1e-5);
}

TEST(SensitivityTest, AWiderMarginIsAWiderRange) {
  const auto narrow = RunWith({"--optimizers=adam", "--margin=0.01"}),
             wide = RunWith({"--optimizers=adam", "--margin=100"});
  ASSERT_TRUE(narrow.ok() && wide.ok());
  EXPECT_LT(Field(*narrow, 0, "decades_mean"), 2);
  EXPECT_NEAR(Field(*wide, 0, "decades_mean"), 4, 1e-5);  // all rates
  EXPECT_EQ(wide->summary.rows()[0][13], "both");
}

TEST(SensitivityTest, OnlyWhereAllDivergeThereIsNoAnswer) {
  const std::string hopeless = "sgd:l2=1e9";
  const auto some = RunWith({"--optimizers=" + hopeless + ",adam"});
  ASSERT_TRUE(some.ok()) << some.status();
  EXPECT_EQ(some->summary.rows()[0][2], "");
  EXPECT_EQ(Field(*some, 0, "diverged_rates"), 5);
  EXPECT_EQ(Field(*some, 1, "diverged_rates"), 0);
  const absl::Status none = RunWith({"--optimizers=" + hopeless}).status();
  EXPECT_EQ(none.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(std::string(none.message()).rfind("sgd:l2=1e9, rate 0.001, seed 1: the loss is ", 0), 0u) << none;
}

TEST(SensitivityTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& beginning) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(beginning, 0), 0u) << status;
  };
  expect("--optimizers=adm", "unknown optimizer 'adm'; did you mean 'adam'?");
  expect("--optimizers=", "flag --optimizers wants one name at least");
  expect("--optimizers=sgd:l2=-1", "optimizer sgd: l2 wants 0 or more, not '-1'");
  expect("--rates=4", "flag --rates wants an odd number, not 4");
  expect("--rates=1", "flag --rates wants a number of 3 to 99, not 1");
  expect("--ratio=-2", "flag --ratio wants a number of 1.01 to 1000, not -2");
  expect("--margin=0", "flag --margin wants a positive number, not 0");
  expect("--seeds=", "flag --seeds wants at least one seed");
}

}  // namespace
}  // namespace dl
